using Armature.Hosting;

namespace Armature.Caching;

public sealed class CachingOptionsRulesTests
{
    private readonly ArmatureOptions _options = new();

    [Fact]
    public void Validate_Defaults_Succeeds() => Failures().ShouldBeEmpty();

    [Fact]
    public void Validate_CacheTooSmallForItsValues_NamesBoth()
    {
        _options.Caching.Caches["small"] = new() { MaxBytes = 2 << 20 };

        Failures().ShouldHaveSingleItem().ShouldContain("Armature:Caching:Caches:small: MaxBytes is 2,097,152 and values may have 1,048,576 bytes");
    }

    [Fact]
    public void Validate_CacheWithAnImpossibleName_SaysWhatIsAllowed()
    {
        _options.Caching.Caches["a\tb"] = new();

        Failures().ShouldHaveSingleItem().ShouldContain("1 to 100 characters");
    }

    private IEnumerable<string> Failures() => new CachingOptionsRules().Validate(name: null, _options).Failures ?? [];
}
