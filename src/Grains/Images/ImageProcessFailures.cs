using Armature.Hosting;
using Armature.Processes;

namespace Armature.Images;

/// <summary>What the end of a request in a worker process means for its picture.</summary>
internal static class ImageProcessFailures
{
    // What GLib, C++ and .NET write when memory cannot be had and they end the process.
    private static readonly string[] AllocationFailures = ["failed to allocate", "bad_alloc", "out of memory", "Cannot allocate memory"];

    internal static ImageException From(ProcessRequestException failure, ImagesOptions options) => failure.Code switch
    {
        RequestFailure.OutOfMemory => OutOfMemory(options, failure),
        RequestFailure.Failed => new ImageException(ImageErrorCodes.DecodeFailed, $"The picture could not be processed: {failure.Message}", failure),
        var code => new ImageException(code, failure.Message, failure),
    };

    internal static ImageException From(ProcessDiedException death, ImagesOptions options) => death.Cause switch
    {
        ProcessDeathCause.DeadlineExceeded => new ImageException(
            ImageErrorCodes.DecodeTimeout,
            $"The picture was not done within {options.TimeLimit.TotalSeconds:0.###} seconds (Images.TimeLimit).",
            death),
        ProcessDeathCause.MemoryLimitExceeded => OutOfMemory(options, death),
        ProcessDeathCause.Exited when IsAllocationFailure(death.StandardError) => OutOfMemory(options, death),
        _ => new ImageException(ImageErrorCodes.DecoderDied, death.Message, death),
    };

    private static bool IsAllocationFailure(string standardError) =>
        AllocationFailures.Any(text => standardError.Contains(text, StringComparison.OrdinalIgnoreCase));

    private static ImageException OutOfMemory(ImagesOptions options, Exception cause) => new(
        ImageErrorCodes.DecodeOutOfMemory,
        $"The picture needed more memory than a worker process has: {options.MemoryLimitBytes >> 20:N0} MiB (Images.MemoryLimitBytes).",
        cause);
}
