/* Starts Maillage: loads the interpreter from the sub-folder « programme » and hands it the words typed.
 *
 * Made twice: Maillage.exe (a window) and maillage.com (a console, which cmd finds first). Nothing is searched for: the
 * interpreter is named by its full path, and its libraries come from its own folder or from the system's, never from PATH
 * nor from the folder one happens to be in. A `._pth` file beside the interpreter isolates it from any other Python.
 */
#include <windows.h>
#include <shellapi.h>
#include <shlwapi.h>
#include <stdio.h>

#define ROOM 32768
#define FIRST_WORDS 5

typedef int (*run_python)(int, wchar_t **);

static wchar_t own[ROOM], program[ROOM], script[ROOM];

static int complain(void) {
    static const wchar_t words[] =
        L"Maillage est incomplet : son dossier « programme » manque ou est abîmé. Vos fiches ne sont pas touchées.\r\n"
        L"Réinstallez Maillage par-dessus, ou copiez de nouveau son dossier.\r\n";
#ifdef CONSOLE
    HANDLE out = GetStdHandle(STD_ERROR_HANDLE);
    DWORD written;
    if (!WriteConsoleW(out, words, wcslen(words), &written, NULL)) {
        char utf8[2 * sizeof(words)];
        int size = WideCharToMultiByte(CP_UTF8, 0, words, -1, utf8, sizeof(utf8), NULL, NULL);
        WriteFile(out, utf8, size - 1, &written, NULL);
    }
#else
    MessageBoxW(NULL, words, L"Maillage", MB_OK | MB_ICONERROR);
#endif
    return 3;
}

/* The interpreter of a folder, by its full path: python313.dll today, whatever a later version brings. */
static HMODULE interpreter(const wchar_t *folder) {
    wchar_t pattern[ROOM];
    WIN32_FIND_DATAW found;
    HMODULE library = NULL;
    _snwprintf(pattern, ROOM, L"%ls\\python\\python3*.dll", folder);
    HANDLE search = FindFirstFileW(pattern, &found);
    if (search == INVALID_HANDLE_VALUE)
        return NULL;
    do {
        if (wcslen(found.cFileName) <= wcslen(L"python3.dll"))
            continue;
        _snwprintf(pattern, ROOM, L"%ls\\python\\%ls", folder, found.cFileName);
        library = LoadLibraryExW(pattern, NULL, LOAD_LIBRARY_SEARCH_DLL_LOAD_DIR | LOAD_LIBRARY_SEARCH_SYSTEM32);
    } while (!library && FindNextFileW(search, &found));
    FindClose(search);
    return library;
}

/* « remplace » is what an installation left if it was cut off between two renamings. */
static HMODULE find_program(void) {
    static const wchar_t *const names[] = {L"programme", L"remplace"};
    wchar_t *end = wcsrchr(own, L'\\');
    int length = end ? (int)(end - own) : 0;
    for (int i = 0; i < 2; i++) {
        _snwprintf(program, ROOM, L"%.*ls\\%ls", length, own, names[i]);
        HMODULE library = interpreter(program);
        if (library) {
            wchar_t beside[ROOM];
            _snwprintf(beside, ROOM, L"%ls\\python", program);
            AddDllDirectory(beside); /* msvcp140.dll, which several libraries share */
            return library;
        }
    }
    return NULL;
}

static int start(void) {
    int count;
    wchar_t **words = CommandLineToArgvW(GetCommandLineW(), &count);
    SetDefaultDllDirectories(LOAD_LIBRARY_SEARCH_SYSTEM32 | LOAD_LIBRARY_SEARCH_USER_DIRS);
    if (!words || !GetModuleFileNameW(NULL, own, ROOM))
        return complain();
    HMODULE library = find_program();
    run_python run = library ? (run_python)(void *)GetProcAddress(library, "Py_Main") : NULL;
    wchar_t **given = calloc(count + FIRST_WORDS + 1, sizeof *given);
    if (!run || !given)
        return complain();
    _snwprintf(script, ROOM, L"%ls\\maillage\\demarrer.py", program);
    if (!PathFileExistsW(script))
        return complain();
    wchar_t *first[FIRST_WORDS] = {own, L"-I", L"-X", L"utf8", script};
    memcpy(given, first, sizeof first);
    for (int i = 1; i < count; i++)
        given[FIRST_WORDS + i - 1] = words[i];
    return run(FIRST_WORDS + count - 1, given);
}

#ifdef CONSOLE
int wmain(void) { return start(); }
#else
int WINAPI wWinMain(HINSTANCE instance, HINSTANCE former, wchar_t *line, int show) {
    (void)instance, (void)former, (void)line, (void)show;
    return start();
}
#endif
