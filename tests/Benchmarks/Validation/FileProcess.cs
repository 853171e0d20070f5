using System.Diagnostics;
using System.Globalization;
using System.Text.Json;

namespace Armature.Benchmarks;

/// <summary>This program as a process that checks one file and says how long it took and how much memory it had at most.</summary>
internal sealed record FileProcess(double Milliseconds, double PeakMiB)
{
    /// <summary>The argument by which the program is told to be one; the file follows.</summary>
    public const string Argument = "file";

    /// <summary>How often it checks the file; the median counts.</summary>
    public const int Rounds = 3;

    /// <summary>Runs as that process.</summary>
    public static async Task<int> RunAsync(string path)
    {
        await using var silo = await BenchmarkSilo.StartAsync(static _ => { });
        await Measure.WarmUpAsync(CheckAsync);
        var time = await Measure.MedianAsync(Rounds, CheckAsync);
        using var own = Process.GetCurrentProcess();
        Console.WriteLine(JsonSerializer.Serialize(new FileProcess(time, own.PeakWorkingSet64 / 1048576.0)));
        return 0;

        Task CheckAsync() => silo.Client.Validation.ValidateFileAsync(path, FileData.Schema);
    }

    /// <summary>Starts one and waits for what it says.</summary>
    public static async Task<FileProcess> StartAsync(string path)
    {
        var start = new ProcessStartInfo(Environment.ProcessPath!, [Environment.GetCommandLineArgs()[0], Argument, path]) { RedirectStandardOutput = true };
        if (Path.GetFileNameWithoutExtension(Environment.ProcessPath) != "dotnet")
        {
            start.ArgumentList.RemoveAt(0);
        }

        using var process = Process.Start(start) ?? throw new InvalidOperationException("The process did not start.");
        var said = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return process.ExitCode == 0
            ? JsonSerializer.Deserialize<FileProcess>(said.Trim().Split('\n')[^1])!
            : throw new InvalidOperationException(string.Create(CultureInfo.InvariantCulture, $"The process ended with {process.ExitCode}."));
    }
}
