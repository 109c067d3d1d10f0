L_NO_TOUCH = false;
L_DISABLE_3D = false;
