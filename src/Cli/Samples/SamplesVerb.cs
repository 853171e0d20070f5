using System.Globalization;
using Armature.CommandLine;
using Armature.FileSystem;
using Armature.Images;
using Armature.Terminal;

namespace Armature.Samples;

/// <summary>Runs <c>armature samples</c>.</summary>
internal sealed class SamplesVerb(CommandConsole console, TimeProvider timeProvider)
{
    /// <summary>Draws the pictures that are missing, on all cores.</summary>
    /// <returns>The exit code.</returns>
    public async Task<int> RunAsync(string folder, int count, CancellationToken cancellationToken)
    {
        var started = timeProvider.GetTimestamp();
        var missing = Enumerable.Range(0, count).Where(number => !File.Exists(PathOf(folder, number))).ToList();
        try
        {
            await Parallel.ForEachAsync(missing, new ParallelOptions { MaxDegreeOfParallelism = Environment.ProcessorCount, CancellationToken = cancellationToken },
                async (number, token) => await AtomicFile.WriteAsync(PathOf(folder, number), SamplePictures.Draw(number, token), token));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new UsageException($"The pictures cannot be written to '{folder}': {e.Message} Give another folder.", e);
        }

        console.Output.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{missing.Count:N0} pictures drawn in {timeProvider.GetElapsedTime(started).TotalSeconds:F1} s, {count - missing.Count:N0} were there. They are in {Path.GetFullPath(folder)}"));
        return ExitCode.Done;
    }

    private static string PathOf(string folder, int number) =>
        Path.Combine(folder, string.Create(CultureInfo.InvariantCulture, $"landscape-{number:D4}.jpg"));
}
