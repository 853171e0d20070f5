using Armature.FileSystem;

namespace Armature.Images;

/// <summary>Writes the outputs of one file.</summary>
internal static class ImageFileWriter
{
    /// <summary>Writes each output whole or not at all.</summary>
    /// <param name="paths">Where to, in the order of the plan's variants.</param>
    /// <param name="made">The outputs, in the same order.</param>
    /// <param name="cancellationToken">Stops the writing.</param>
    /// <returns>Why they could not be written; null when they are.</returns>
    public static async Task<ItemError?> TryWriteAsync(IEnumerable<string> paths, ImageResult made, CancellationToken cancellationToken)
    {
        try
        {
            foreach (var (path, output) in paths.Zip(made.Outputs))
            {
                await AtomicFile.WriteAsync(path, output.Bytes, cancellationToken);
            }

            return null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return new ItemError(FileErrorCodes.OutputUnwritable, $"The output could not be written: {e.Message}");
        }
    }
}
