@echo off
rem Runs Deixis: packages it first if the package is missing or older than the sources.
rem
rem   deixis serve            the demo page and the API (also: deixis)
rem   deixis --help           all commands
rem
rem JAVA_HOME   the JDK to use (else: java on the PATH), 17 or newer
rem JAVA_OPTS   further options for it, such as -Xmx4g; a server has 1 GB of heap unless they say otherwise
setlocal EnableExtensions DisableDelayedExpansion
set "root=%~dp0"
set "java=java"
if defined JAVA_HOME set "java=%JAVA_HOME%\bin\java.exe"
if defined JAVA_HOME if not exist "%java%" (
  >&2 echo deixis: JAVA_HOME is "%JAVA_HOME%", which holds no bin\java.exe; point it at a JDK 17 or newer.
  exit /b 4
)
"%java%" -version >nul 2>&1
if errorlevel 1 (
  >&2 echo deixis: There is no java that starts; install a JDK 17 or newer, or point JAVA_HOME at one.
  exit /b 4
)
rem Java tells its version as 1.8.0 or as 17.0.1.
set "version="
for /f "tokens=3" %%v in ('""%java%" -version 2>&1 | findstr /c:" version ""') do if not defined version set "version=%%~v"
for /f "tokens=1,2 delims=." %%a in ("%version%") do (
  set "version=%%a"
  if "%%a"=="1" set "version=%%b"
)
if not defined version set "version=0"
if %version% LSS 17 (
  >&2 echo deixis: "%java%" is Java %version%; install a JDK 17 or newer, or point JAVA_HOME at one.
  exit /b 4
)

if "%~1"=="archive" (
  >&2 echo deixis: archive runs on Linux and macOS, where Spark needs nothing else; use WSL here.
  exit /b 2
)

set "jar=%root%target\quarkus-app\quarkus-run.jar"
set "stale="
if not exist "%jar%" set "stale=true"
if not defined stale powershell -NoProfile -Command "if (Get-ChildItem -Recurse -File '%root%pom.xml','%root%src\main','%root%web' | Where-Object { $_.LastWriteTime -gt (Get-Item '%jar%').LastWriteTime } | Select-Object -First 1) { exit 1 }" || set "stale=true"
if defined stale (
  >&2 echo Packaging Deixis; the first time also fetches its libraries, which takes a few minutes ...
  pushd "%root%"
  call mvnw.cmd -q -B package -DskipTests -Dspotless.check.skip 1>&2
  if errorlevel 1 (
    popd
    >&2 echo deixis: Packaging failed; the lines above tell why.
    exit /b 4
  )
  popd
  powershell -NoProfile -Command "(Get-Item '%jar%').LastWriteTime = Get-Date"
)

rem Everything the engine needs is in the package, so it has no reason to go to the network.
set "DJL_OFFLINE=true"
set "OPT_OUT_TRACKING=true"

set "options=-XX:MaxDirectMemorySize=512m"
if %version% GEQ 22 set "options=--enable-native-access=ALL-UNNAMED %options%"
set "command=%~1"
if not defined command set "command=serve"
if "%command%"=="serve" (
  echo "%JAVA_OPTS%" | findstr /r /c:"-Xm[sx]" /c:"RAMPercentage" /c:"HeapSize" >nul || set "options=-Xmx1g %options%"
)
set "models=%DEIXIS_MODELS_DIRECTORY%"
if not defined models set "models=%root%models"
"%java%" %options% -Djava.util.logging.manager=org.jboss.logmanager.LogManager "-Ddeixis.models.directory=%models%" %JAVA_OPTS% -jar "%jar%" %*
exit /b %errorlevel%
