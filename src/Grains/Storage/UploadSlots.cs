using Armature.Hosting;
using Microsoft.Extensions.Options;

namespace Armature.Storage;

/// <summary>How many uploads a silo takes at a time.</summary>
internal sealed class UploadSlots(IOptions<ArmatureOptions> options)
{
    private readonly int _max = options.Value.Storage.MaxClientUploads;
    private int _taken;

    /// <summary>Takes a slot when one is free.</summary>
    public bool TryTake()
    {
        if (Interlocked.Increment(ref _taken) <= _max)
        {
            return true;
        }

        Release();
        return false;
    }

    /// <summary>Gives a slot back.</summary>
    public void Release() => Interlocked.Decrement(ref _taken);
}
