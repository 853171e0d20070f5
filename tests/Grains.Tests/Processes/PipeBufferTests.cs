using System.IO.Pipes;

namespace Armature.Processes;

public sealed class PipeBufferTests
{
    [Fact]
    public async Task TryEnlarge_OnLinux_HoldsAMegabyteThatNobodyReadsYet()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Only Linux has pipes of other sizes.");
        await using var server = new AnonymousPipeServerStream(PipeDirection.Out);
        using var client = new AnonymousPipeClientStream(PipeDirection.In, server.ClientSafePipeHandle);

        PipeBuffer.TryEnlarge(server.SafePipeHandle);

        await Task.Run(() => server.Write(new byte[1 << 20]), TestContext.Current.CancellationToken)
            .WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken);
    }
}
