using System.ComponentModel.DataAnnotations;

namespace Armature.Rendering;

/// <summary>The rules of a site's description.</summary>
internal static class SiteCheck
{
    /// <exception cref="RenderException">It breaks one; the code is <see cref="RenderErrorCodes.SiteUnusable"/>.</exception>
    public static void ThrowIfInvalid(RenderSite site)
    {
        var problems = new List<ValidationResult>();
        Validator.TryValidateObject(site, new ValidationContext(site), problems, validateAllProperties: true);
        if (site.Pace is { } pace)
        {
            Validator.TryValidateObject(pace, new ValidationContext(pace), problems, validateAllProperties: true);
        }

        if (problems.Count > 0)
        {
            throw new RenderException(RenderErrorCodes.SiteUnusable, $"The site's description is not valid: {string.Join(" ", problems.Select(static p => p.ErrorMessage))}");
        }
    }
}
