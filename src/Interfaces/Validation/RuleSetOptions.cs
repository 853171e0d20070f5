using System.ComponentModel.DataAnnotations;
using System.Globalization;

namespace Armature.Validation;

/// <summary>What a silo is told about rules when they are registered.</summary>
public sealed class RuleSetOptions
{
    /// <summary>Messages in other languages; see <see cref="ValidationSettings.Messages"/>.</summary>
    /// <value>Default: none; messages are English.</value>
    public Func<string, CultureInfo, string?>? Messages { get; set; }

    /// <summary>Asynchronous rules that run at once on one silo, over all its records.</summary>
    /// <value>Default: none, which takes the silo's <c>IoConcurrency</c> (512).</value>
    [Range(1, 4096)]
    public int? MaxConcurrency { get; set; }
}
