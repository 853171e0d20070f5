namespace Armature.Rendering;

/// <summary>Descriptions of sites that no client of ours makes.</summary>
public sealed class SiteCheckTests
{
    private static readonly RenderSite Good = new() { Bundle = new string('a', 64), Adapter = SiteAdapter.Module, Entry = "index.mjs" };

    public static TheoryData<RenderSite, string> Bad => new()
    {
        { Good with { Bundle = null! }, "Bundle" },
        { Good with { Bundle = "" }, "Bundle" },
        { Good with { Bundle = "../../etc/passwd" }, "Bundle" },
        { Good with { Entry = null! }, "Entry" },
        { Good with { Origin = null! }, "Origin" },
        { Good with { Origin = "" }, "Origin" },
        { Good with { Origin = "https://user:password@host" }, "Origin" },
        { Good with { PageTimeout = TimeSpan.Zero }, "PageTimeout" },
        { Good with { PageTimeout = TimeSpan.FromDays(365) }, "PageTimeout" },
        { Good with { MaxPagesPerProcess = 0 }, "MaxPagesPerProcess" },
        { Good with { Pace = new() { Name = null! } }, "Name" },
        { Good with { Pace = new() { Name = new string('x', 257) } }, "Name" },
        { Good with { Pace = new() { Name = "x", PagesPerSecond = double.NaN } }, "PagesPerSecond" },
    };

    [Fact]
    public void ThrowIfInvalid_GoodSite_DoesNot() => SiteCheck.ThrowIfInvalid(Good);

    [Theory]
    [MemberData(nameof(Bad), DisableDiscoveryEnumeration = true)]
    public void ThrowIfInvalid_BadSite_NamesTheProperty(RenderSite site, string property)
    {
        var refused = Should.Throw<RenderException>(() => SiteCheck.ThrowIfInvalid(site));

        refused.Code.ShouldBe(RenderErrorCodes.SiteUnusable);
        refused.Message.ShouldContain(property);
    }
}
