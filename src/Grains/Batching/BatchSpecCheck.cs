using System.ComponentModel.DataAnnotations;

namespace Armature.Batching;

/// <summary>Checks what a caller from outside says about a batch, as the client does before it sends it.</summary>
internal static class BatchSpecCheck
{
    /// <exception cref="ArgumentException">The handler's name has not the form of one.</exception>
    /// <exception cref="ValidationException">The timeout or the attempts are out of their range.</exception>
    public static void Check(BatchSpec spec)
    {
        ArgumentNullException.ThrowIfNull(spec);
        BatchName.ThrowIfInvalid(spec.Handler);
        var options = new BatchOptions { ItemTimeout = spec.ItemTimeout, MaxAttempts = spec.MaxAttempts };
        Validator.ValidateObject(options, new ValidationContext(options), validateAllProperties: true);
    }
}
