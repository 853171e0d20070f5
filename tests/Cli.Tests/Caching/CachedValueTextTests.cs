using System.Text;

namespace Armature.Caching;

public sealed class CachedValueTextTests
{
    [Fact]
    public void Describe_Json_IsAValue()
    {
        var line = CachedValueText.Describe("a", Encoding.UTF8.GetBytes("""{"a":[1,null]}"""));

        line.Value!.Value.GetRawText().ShouldBe("""{"a":[1,null]}""");
        line.Words.ShouldBe("""{"a":[1,null]}""");
    }

    [Fact]
    public void Describe_OtherText_IsTextThatCannotSteerATerminal()
    {
        var line = CachedValueText.Describe("a", "red \e[31m"u8.ToArray());

        line.Text.ShouldBe("red \e[31m");
        line.Words.ShouldBe(@"red \u001b[31m");
    }

    [Fact]
    public void Describe_NoText_IsBase64()
    {
        var line = CachedValueText.Describe("a", new byte[] { 0xFF, 0x00 });

        line.Base64.ShouldBe("/wA=");
        line.Words.ShouldBe("base64 /wA=");
    }

    [Fact]
    public void Describe_NoBytes_IsEmptyText() => CachedValueText.Describe("a", default).Text.ShouldBe("");
}
