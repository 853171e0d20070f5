namespace Armature.TestChild;

/// <summary>Waits that a test ends, or a kill.</summary>
internal static class Gate
{
    internal static void WaitForFile(string path) => SpinWait.SpinUntil(() => File.Exists(path));

    internal static void WaitForEver()
    {
        using var never = new ManualResetEvent(initialState: false);
        never.WaitOne();
    }
}
