using Armature.Hosting;
using Microsoft.Extensions.Options;

namespace Armature.Caching;

/// <summary>Checks at start what only a use would show otherwise: names of caches, and values that could never be kept.</summary>
internal sealed class CachingOptionsRules : IValidateOptions<ArmatureOptions>
{
    private const string Section = "Armature:Caching";

    public ValidateOptionsResult Validate(string? name, ArmatureOptions options)
    {
        var caching = options.Caching;
        string[] problems =
        [
            .. FindProblems(Section, caching.MaxBytes, caching.MaxValueBytes),
            .. caching.Caches.SelectMany(cache => FindProblems(cache, caching)),
        ];
        return problems.Length == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(problems);
    }

    private static IEnumerable<string> FindProblems(KeyValuePair<string, NamedCacheOptions> cache, CachingOptions caching)
    {
        var section = $"{Section}:Caches:{cache.Key}";
        return CacheRequestCheck.IsName(cache.Key)
            ? FindProblems(section, cache.Value.MaxBytes ?? caching.MaxBytes, cache.Value.MaxValueBytes ?? caching.MaxValueBytes)
            : [$"{section}: a cache's name has 1 to {CacheLimits.MaxNameLength} characters, none of them a control character."];
    }

    // A key and what an entry costs have room beside a value, and a second one that large.
    private static IEnumerable<string> FindProblems(string section, long maxBytes, int maxValueBytes)
    {
        if (maxValueBytes > maxBytes / 4)
        {
            yield return $"{section}: MaxBytes is {maxBytes:N0} and values may have {maxValueBytes:N0} bytes (MaxValueBytes); four of the largest must fit. Raise MaxBytes, or lower MaxValueBytes.";
        }
    }
}
