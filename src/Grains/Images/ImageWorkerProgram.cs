using System.Globalization;
using Armature.Hosting;
using Armature.Processes;

namespace Armature.Images;

/// <summary>Where the image worker is, and how it is called.</summary>
internal static class ImageWorkerProgram
{
    private const string Name = "Armature.Orleans.ImageWorker";

    internal static ChildCommand Command(ImagesOptions options)
    {
        var program = ChildCommand.ForDotNet(options.WorkerPath ?? Path.Combine(AppContext.BaseDirectory, Name));
        return program with
        {
            Arguments = [.. program.Arguments, "--max-pixels", options.MaxPixels.ToString(CultureInfo.InvariantCulture), .. Font(options)],
            Environment = new Dictionary<string, string>
            {
                ["VIPS_WARNING"] = "0",

                // Big buffers go back to the system when they are freed, and threads do not each keep an arena.
                ["MALLOC_ARENA_MAX"] = "2",
            },
        };
    }

    private static string[] Font(ImagesOptions options) =>
        options.FontFile is { } file ? ["--font-file", Path.GetFullPath(file)] : [];
}
