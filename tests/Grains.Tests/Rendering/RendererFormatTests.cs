using System.Buffers.Binary;
using System.Text;
using CsCheck;

namespace Armature.Rendering;

public sealed class RendererFormatTests
{
    private static readonly string[] Heads =
    [
        """{"status":200,"headers":{"content-type":"text/html; charset=utf-8"}}""",
        """{"status":404,"headers":{"content-type":"text/html; charset=utf-8"}}""",
        """{"status":301,"headers":{"content-type":"text/html","location":"/about"}}""",
        """{"status":200}""",
        $$$"""{"status":200,"headers":{"content-type":"text/plain","x-long":"{{{new string('x', 2_000)}}}"}}""",
    ];

    private static readonly (int Status, string? Location, string ContentType)[] Meanings =
    [
        (200, null, "text/html; charset=utf-8"),
        (404, null, "text/html; charset=utf-8"),
        (301, "/about", "text/html"),
        (200, null, "text/html; charset=utf-8"),
        (200, null, "text/plain"),
    ];

    [Fact]
    public void ReadPage_HeadsInAnyOrder_EachPageHasItsOwn() => Gen.Select(Gen.Int[0, Heads.Length - 1], Gen.String).Array[1, 20].Sample(pages =>
    {
        foreach (var (head, html) in pages)
        {
            var page = RendererFormat.ReadPage(Payload(Heads[head], html), "/route");

            (page.Status, page.Location, page.ContentType).ShouldBe(Meanings[head]);
            page.Body.ShouldBe(Encoding.UTF8.GetBytes(html));
        }
    });

    [Fact]
    public void ReadPage_BrokenHeadAfterAGoodOne_Fails()
    {
        RendererFormat.ReadPage(Payload(Heads[0], ""), "/route");

        Should.Throw<RenderException>(() => RendererFormat.ReadPage(Payload(Heads[0][..^1], ""), "/route")).Code.ShouldBe(RenderErrorCodes.PageFailed);
    }

    private static byte[] Payload(string head, string html)
    {
        var length = new byte[sizeof(int)];
        BinaryPrimitives.WriteInt32LittleEndian(length, Encoding.UTF8.GetByteCount(head));
        return [.. length, .. Encoding.UTF8.GetBytes(head), .. Encoding.UTF8.GetBytes(html)];
    }
}
