using System.Diagnostics;

namespace Armature.Benchmarks;

/// <summary>Other people's programs, run to their end.</summary>
internal static class Commands
{
    /// <exception cref="InvalidOperationException">It did not end with 0; the message has its output.</exception>
    public static async Task RunAsync(string program, IEnumerable<string> arguments, string folder, params IReadOnlyList<(string Name, string Value)> environment)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            RedirectStandardInput = true,
        };
        start.Environment.Remove("NODE_ENV");
        start.Environment["CI"] = "1";
        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        using var process = Process.Start(start)!;
        process.StandardInput.Close();
        var output = process.StandardOutput.ReadToEndAsync();
        var errors = process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        if (process.ExitCode != 0)
        {
            throw new InvalidOperationException($"{program} {string.Join(' ', arguments)} ended with {process.ExitCode}: {await output} {await errors}");
        }
    }
}
