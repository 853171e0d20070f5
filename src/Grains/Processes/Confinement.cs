using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;

namespace Armature.Processes;

/// <summary>
/// The tools that hold a child to its parent's life and to its memory: <c>setpriv --pdeathsig</c> and <c>prlimit --data</c>.
/// A limit on the address space instead would keep .NET and Node from starting: both reserve far more than they use.
/// </summary>
/// <param name="SetPriv">The path of a setpriv that works here, or null.</param>
/// <param name="PrLimit">The path of a prlimit that works here, or null.</param>
internal sealed record Confinement(string? SetPriv, string? PrLimit)
{
    private static readonly string[] DeathSignal = ["--pdeathsig", "KILL", "--"];

    internal static Confinement None { get; } = new(null, null);

    /// <summary>Looks for the tools and tries them: some systems have a setpriv without the option, or forbid one of the calls.</summary>
    internal static async Task<Confinement> DetectAsync(ChildLauncher launcher, CancellationToken cancellationToken)
    {
        if (!OperatingSystem.IsLinux())
        {
            return None;
        }

        return new Confinement(
            await FindAsync("setpriv", [.. DeathSignal, "true"], launcher, cancellationToken),
            await FindAsync("prlimit", [.. Limits(1L << 30), "true"], launcher, cancellationToken));
    }

    /// <summary>The program and arguments that run a command confined.</summary>
    internal IReadOnlyList<string> Wrap(ChildCommand command, long memoryLimitBytes) =>
    [
        .. SetPriv is null ? [] : (string[])[SetPriv, .. DeathSignal],
        .. PrLimit is null ? [] : (string[])[PrLimit, .. Limits(memoryLimitBytes)],
        command.FileName,
        .. command.Arguments,
    ];

    // No core files: they would hold users' data.
    private static string[] Limits(long memoryLimitBytes) =>
        [string.Create(CultureInfo.InvariantCulture, $"--data={memoryLimitBytes}"), "--core=0", "--"];

    private static async Task<string?> FindAsync(string tool, string[] trial, ChildLauncher launcher, CancellationToken cancellationToken)
    {
        var path = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator)
            .Append("/usr/bin")
            .Append("/bin")
            .Where(directory => directory.Length > 0)
            .Select(directory => Path.Combine(directory, tool))
            .FirstOrDefault(File.Exists);
        return path is not null && await SucceedsAsync(path, trial, launcher, cancellationToken) ? path : null;
    }

    private static async Task<bool> SucceedsAsync(string path, string[] arguments, ChildLauncher launcher, CancellationToken cancellationToken)
    {
        try
        {
            using var process = await launcher.StartAsync(new ProcessStartInfo(path, arguments) { RedirectStandardError = true });
            await process.WaitForExitAsync(cancellationToken);
            return process.ExitCode == 0;
        }
        catch (Win32Exception)
        {
            return false;
        }
    }
}
