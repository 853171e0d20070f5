using NetVips;

namespace Armature.Images;

/// <summary>Sets libvips up, once a process.</summary>
internal static class VipsLibrary
{
    private static readonly string[] Loaders = ["Jpeg", "Png", "Webp", "Nsgif", "Heif", "Tiff"];
    private static readonly Lazy<bool> Ready = new(SetUp);

    // libvips keeps the pointer: the delegate must outlive every call.
    private static readonly Log.LogDelegate Discard = (_, _, _) => { };

    public static void EnsureReady() => _ = Ready.Value;

    private static bool SetUp()
    {
        // No image is worked on twice, so what the operation cache would hold is only memory.
        Cache.Max = 0;

        // Many images at a time, each on one thread, is what fills the processors best.
        global::NetVips.NetVips.Concurrency = 1;

        // An allow-list: blocking what is untrusted still lets text formats load.
        Operation.Block("VipsForeignLoad", true);
        foreach (var loader in Loaders)
        {
            Operation.Block($"VipsForeignLoad{loader}", false);
        }

        // What libvips thinks of strangers' files is no news for the log of a server.
        Log.SetLogHandler("VIPS", Enums.LogLevelFlags.All, Discard);
        return true;
    }
}
