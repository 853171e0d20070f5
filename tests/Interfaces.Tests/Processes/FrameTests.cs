using System.Buffers.Binary;
using CsCheck;

namespace Armature.Processes;

public sealed class FrameTests
{
    private const int Limit = 10_000;

    [Fact]
    public void Write_AnyParts_AreReadBackWhole() =>
        Gen.Select(Gen.Byte.Array[0, 5000].Array[0, 4], Gen.Long, Gen.Int[1, 5]).Sample((arrays, id, kind) =>
        {
            var parts = arrays.Select(array => (ReadOnlyMemory<byte>)array).ToList();
            var expected = arrays.SelectMany(array => array).ToArray();
            using var stream = new MemoryStream();
            new FrameWriter(stream, 20_000).Write((FrameKind)kind, id, parts);
            stream.Position = 0;
            var reader = new FrameReader(stream, 20_000);

            using var frame = reader.Read().ShouldNotBeNull();

            frame.Kind.ShouldBe((FrameKind)kind);
            frame.RequestId.ShouldBe(id);
            frame.Payload.ToArray().ShouldBe(expected);
            reader.Read().ShouldBeNull();
        });

    [Fact]
    public Task WriteAsync_AnyParts_WritesWhatWriteWrites() =>
        Gen.Byte.Array[0, 5000].Array[0, 4].SampleAsync(async arrays =>
        {
            var parts = arrays.Select(array => (ReadOnlyMemory<byte>)array).ToList();
            using var once = new MemoryStream();
            using var again = new MemoryStream();

            new FrameWriter(once, 20_000).Write(FrameKind.Request, 7, parts);
            await new FrameWriter(again, 20_000).WriteAsync(FrameKind.Request, 7, parts, CancellationToken.None);

            again.ToArray().ShouldBe(once.ToArray());
        });

    [Fact]
    public async Task ReadAsync_InputInPieces_IsReadWhole()
    {
        using var whole = new MemoryStream();
        new FrameWriter(whole, Limit).Write(FrameKind.Response, 3, [new byte[777]]);
        new FrameWriter(whole, Limit).Write(FrameKind.Response, 4, [new byte[1]]);
        var reader = new FrameReader(new PiecewiseStream(whole.ToArray()), Limit);

        using var first = await reader.ReadAsync(CancellationToken.None);
        using var second = await reader.ReadAsync(CancellationToken.None);

        first.ShouldNotBeNull().Payload.Length.ShouldBe(777);
        second.ShouldNotBeNull().RequestId.ShouldBe(4);
        (await reader.ReadAsync(CancellationToken.None)).ShouldBeNull();
    }

    [Fact]
    public Task ReadAsync_FramesOfAnySize_EndWhereTheNextOneBegins() =>
        Gen.Frequency((4, Gen.Int[0, 300]), (1, Gen.Int[60_000, 140_000])).Array[1, 30].SampleAsync(async sizes =>
        {
            using var whole = new MemoryStream();
            for (var i = 0; i < sizes.Length; i++)
            {
                new FrameWriter(whole, 200_000).Write(FrameKind.Response, i, [Enumerable.Repeat((byte)i, sizes[i]).ToArray()]);
            }

            whole.Position = 0;
            var reader = new FrameReader(whole, 200_000);
            for (var i = 0; i < sizes.Length; i++)
            {
                using var frame = i % 2 == 0 ? reader.Read() : await reader.ReadAsync(CancellationToken.None);

                frame.ShouldNotBeNull().RequestId.ShouldBe(i);
                frame.Payload.Length.ShouldBe(sizes[i]);
                frame.Payload.Span.IndexOfAnyExcept((byte)i).ShouldBe(-1);
            }

            reader.Read().ShouldBeNull();
        });

    [Fact]
    public void Read_RandomBytes_IsAFrameOrAClearError() =>
        Gen.Byte.Array[0, 100].Sample(bytes =>
        {
            var reader = new FrameReader(new MemoryStream(bytes), Limit);
            try
            {
                reader.Read()?.Dispose();
            }
            catch (FrameException malformed)
            {
                malformed.Message.ShouldStartWith("Malformed frame: ");
            }
            catch (EndOfStreamException)
            {
                bytes.Length.ShouldBeGreaterThan(0);
            }
        });

    [Theory]
    [InlineData(1)]
    [InlineData(15)]
    [InlineData(16)]
    [InlineData(20)]
    public async Task ReadAsync_InputEndsInsideAFrame_SaysSo(int bytes)
    {
        using var whole = new MemoryStream();
        new FrameWriter(whole, Limit).Write(FrameKind.Response, 3, [new byte[5]]);
        var reader = new FrameReader(new MemoryStream(whole.ToArray()[..bytes]), Limit);

        await Should.ThrowAsync<EndOfStreamException>(async () => await reader.ReadAsync(CancellationToken.None));
    }

    [Fact]
    public void Read_ConsoleOutput_NamesWhatIsWrong()
    {
        var reader = new FrameReader(new MemoryStream("Listening on port 4200..."u8.ToArray()), Limit);

        Should.Throw<FrameException>(() => reader.Read()).Message.ShouldContain("standard error");
    }

    [Theory]
    [InlineData(Limit + 1)]
    [InlineData(-1)]
    public void Read_AnnouncedPayloadOverTheLimit_IsRefusedBeforeABufferIsTaken(int length)
    {
        var header = new byte[] { 0xAF, 1, 2, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0 };
        BinaryPrimitives.WriteInt32LittleEndian(header.AsSpan(4), length);

        Should.Throw<FrameException>(() => new FrameReader(new MemoryStream(header), Limit).Read()).Message.ShouldContain("10,000");
    }

    [Fact]
    public void Write_PayloadOverTheLimit_IsRefusedAndNothingIsWritten()
    {
        using var stream = new MemoryStream();
        var writer = new FrameWriter(stream, Limit);

        Should.Throw<FrameException>(() => writer.Write(FrameKind.Request, 1, [new byte[Limit], new byte[1]]));

        stream.Length.ShouldBe(0);
    }

    [Fact]
    public void Payload_AfterDispose_IsOutOfReach()
    {
        using var stream = new MemoryStream();
        new FrameWriter(stream, Limit).Write(FrameKind.Request, 1, [new byte[10]]);
        stream.Position = 0;
        var frame = new FrameReader(stream, Limit).Read().ShouldNotBeNull();

        frame.Dispose();
        frame.Dispose();

        Should.Throw<ObjectDisposedException>(() => frame.Payload);
    }
}
