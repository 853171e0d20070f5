using System.Security.Cryptography;
using System.Text;
using Armature.Batching;

namespace Examples.Batching;

/// <summary>Work that computes: it gets a thread of its own, as many at a time as the silo has <c>CpuThreads</c>.</summary>
public sealed class Fingerprint : ICpuBatchHandler<string, string>
{
    private const int Rounds = 10_000;

    public string Handle(string item, BatchItemContext context, CancellationToken cancellationToken)
    {
        var hash = Encoding.UTF8.GetBytes(item);
        for (var round = 0; round < Rounds; round++)
        {
            cancellationToken.ThrowIfCancellationRequested(); // Only so can a computation be stopped.
            hash = SHA256.HashData(hash);
        }

        return Convert.ToHexStringLower(hash);
    }
}
