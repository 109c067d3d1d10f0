/* Composed by appli/documents/map_page.py: change it there. */
L_NO_TOUCH = false;
L_DISABLE_3D = false;
