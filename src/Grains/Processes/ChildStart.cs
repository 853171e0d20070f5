using System.Diagnostics;
using System.Globalization;

namespace Armature.Processes;

/// <summary>How one pool starts a child: confined, with a bare environment and in a directory of its own.</summary>
internal sealed class ChildStart(OwnedFolder folder, ChildCommand command, ProcessPoolOptions options, Confinement confinement)
{
    // What a program needs to run at all. Whatever else the silo has, its secrets above all, stays with it.
    private static readonly string[] Inherited =
    [
        "PATH", "DOTNET_ROOT", "DOTNET_ROOT_X64", "DOTNET_ROOT_ARM64", "LANG", "LC_ALL", "LC_CTYPE", "TZ", "LD_LIBRARY_PATH", "SystemRoot",
    ];

    internal string FileName => command.FileName;

    internal ProcessStartInfo Describe(DirectoryInfo directory)
    {
        var line = confinement.Wrap(command, options.MemoryLimitBytes);
        var startInfo = new ProcessStartInfo(line[0], line.Skip(1))
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
            CreateNoWindow = true,
            WorkingDirectory = directory.FullName,
        };
        FillEnvironment(startInfo.Environment, directory.FullName);
        return startInfo;
    }

    internal DirectoryInfo CreateDirectory() => Directory.CreateDirectory(Path.Combine(folder.Path, Guid.NewGuid().ToString("N")));

    private void FillEnvironment(IDictionary<string, string?> environment, string directory)
    {
        environment.Clear();
        foreach (var name in Inherited)
        {
            if (Environment.GetEnvironmentVariable(name) is { } value)
            {
                environment[name] = value;
            }
        }

        foreach (var name in (string[])["HOME", "TMPDIR", "TMP", "TEMP"])
        {
            environment[name] = directory;
        }

        // A killed .NET process leaves its diagnostics socket behind.
        environment["DOTNET_EnableDiagnostics"] = "0";
        environment[ChildEnvironment.ParentId] = Environment.ProcessId.ToString(CultureInfo.InvariantCulture);
        environment[ChildEnvironment.MaxFrameBytes] = options.MaxFrameBytes.ToString(CultureInfo.InvariantCulture);
        foreach (var (name, value) in command.Environment)
        {
            environment[name] = value;
        }
    }
}
