using System.Text;
using Armature.Testing.Images;

namespace Armature.Images;

public sealed class PngChunkFilterTests
{
    [Fact]
    public void Filter_NothingToDrop_IsTheSameBytes()
    {
        ReadOnlyMemory<byte> png = MadePng.Gray(8, 8);

        PngChunkFilter.Filter(png).ShouldBe(png);
    }

    [Fact]
    public void Filter_PackedTexts_AreDropped() =>
        PngChunkFilter.Filter(MadePng.WithPackedTexts()).ToArray().ShouldBe(MadePng.Gray(64, 64));

    [Theory]
    [InlineData("tEXt", false)]
    [InlineData("iTXt", false)]
    [InlineData("acTL", false)]
    [InlineData("fdAT", false)]
    [InlineData("prVt", false)]
    [InlineData("tRNS", true)]
    [InlineData("gAMA", true)]
    [InlineData("iCCP", true)]
    [InlineData("eXIf", true)]
    public void Filter_Chunk_StaysOnlyWhenPixelsNeedIt(string type, bool isKept) =>
        HasChunk(PngChunkFilter.Filter(With(type, [1, 2, 3, 4])), type).ShouldBe(isKept);

    [Fact]
    public void Filter_PlainXmp_IsKept() =>
        HasChunk(PngChunkFilter.Filter(With("iTXt", "XML:com.adobe.xmp\0\0\0\0\0<x/>"u8.ToArray())), "iTXt").ShouldBeTrue();

    [Fact]
    public void Filter_PackedXmp_IsDropped() =>
        HasChunk(PngChunkFilter.Filter(With("iTXt", "XML:com.adobe.xmp\0\u0001\0\0\0"u8.ToArray())), "iTXt").ShouldBeFalse();

    [Fact]
    public void Filter_LargeProfile_IsDropped() =>
        HasChunk(PngChunkFilter.Filter(With("iCCP", new byte[2 << 20])), "iCCP").ShouldBeFalse();

    [Fact]
    public void Filter_RepeatedChunk_IsKeptOnce()
    {
        var png = MadePng.With(8, 8, 8, 0, Enumerable.Repeat(("gAMA", new byte[4]), 1000));

        PngChunkFilter.Filter(png).Length.ShouldBe(MadePng.With(8, 8, 8, 0, [("gAMA", new byte[4])]).Length);
    }

    private static byte[] With(string type, byte[] data) => MadePng.With(8, 8, 8, 0, [(type, data)]);

    private static bool HasChunk(ReadOnlyMemory<byte> png, string type) => png.Span.IndexOf(Encoding.ASCII.GetBytes(type)) >= 0;
}
