using Armature.Batching;

namespace Armature.Images;

/// <summary>A picture that was refused, or could not be made, as the failure of its batch item.</summary>
internal static class ImageItemFailure
{
    public static BatchItemException ToItemFailure(this ImageException failure, BatchItemContext item) =>
        new(failure.Code, failure.Message) { IsRetryable = IsWorthAnotherAttempt(failure.Code, item.Attempt) };

    /// <summary>
    /// A process may have died for a reason outside of the picture, once. A picture over the time limit took a hundred times as long as
    /// others, and whatever the guard or the decoder says of a file it will say again.
    /// </summary>
    private static bool IsWorthAnotherAttempt(string code, int attempt) => code == ImageErrorCodes.DecoderDied && attempt == 1;
}
