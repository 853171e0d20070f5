namespace Armature.Processes;

/// <summary>The program that a pool runs in its child processes.</summary>
/// <param name="FileName">The program's full path.</param>
/// <param name="Arguments">Its arguments.</param>
public sealed record ChildCommand(string FileName, params IReadOnlyList<string> Arguments)
{
    private static readonly string Apphost = OperatingSystem.IsWindows() ? ".exe" : "";

    /// <summary>Environment variables beside the few that every child gets.</summary>
    public IReadOnlyDictionary<string, string> Environment { get; init; } = new Dictionary<string, string>();

    /// <summary>A .NET program: its own executable where there is one, and otherwise its assembly run by <c>dotnet</c>.</summary>
    /// <param name="path">The path without an extension, such as <c>/app/Armature.Orleans.ImageWorker</c>.</param>
    /// <exception cref="ProcessStartException">Neither is there.</exception>
    public static ChildCommand ForDotNet(string path)
    {
        if (File.Exists(path + Apphost))
        {
            return new ChildCommand(path + Apphost);
        }

        if (File.Exists(path + ".dll"))
        {
            return new ChildCommand(System.Environment.ProcessPath is { } host && IsDotNet(host) ? host : "dotnet", path + ".dll");
        }

        throw new ProcessStartException(path, $"neither {path}{Apphost} nor {path}.dll is there; publish it beside the silo's assemblies, or set the option that names it");
    }

    private static bool IsDotNet(string host) => Path.GetFileNameWithoutExtension(host).Equals("dotnet", StringComparison.OrdinalIgnoreCase);
}
