using System.IO.Pipelines;

namespace Armature.Clustering.Transport;

public sealed class MessageWriterTests
{
    private const int Large = 1_000_000;

    private readonly Pipe _pipe = new(new(pauseWriterThreshold: 0, resumeWriterThreshold: 0));

    [Fact]
    public async Task GetMemory_AfterALargeMessage_HasRoomForAnother()
    {
        var writer = new MessageWriter(_pipe.Writer);

        await writer.WriteAsync(new byte[Large]);

        writer.GetMemory(1).Length.ShouldBeGreaterThan(Large);
    }

    [Fact]
    public async Task GetMemory_AfterManySmallMessages_AsksForLittleAgain()
    {
        var writer = new MessageWriter(_pipe.Writer);
        await WriteAsync(writer, new byte[Large]);
        for (var i = 0; i < 20; i++)
        {
            await WriteAsync(writer, new byte[1]);
        }

        writer.GetMemory(1).Length.ShouldBeLessThan(Large);
    }

    // And reads, which gives the block back.
    private async Task WriteAsync(MessageWriter writer, byte[] message)
    {
        await writer.WriteAsync(message);
        _pipe.Reader.AdvanceTo((await _pipe.Reader.ReadAsync()).Buffer.End);
    }
}
