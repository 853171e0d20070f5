namespace Armature.Hosting;

/// <summary>Where a host's options come from: the environment's preset, then the configuration, then code.</summary>
internal sealed class ArmatureSettings
{
    private readonly IHostEnvironment _environment;
    private readonly Action<ArmatureOptions>? _configure;
    private readonly IConfiguration _readable;
    private readonly List<string> _violations;

    public ArmatureSettings(IHostEnvironment environment, IConfiguration configuration, Action<ArmatureOptions>? configure)
    {
        _environment = environment;
        _configure = configure;

        var section = configuration.GetSection(ArmatureOptions.Section);
        var violations = ConfigurationViolations.Find(section, typeof(ArmatureOptions))
            .Concat(UnknownOptions.Find(section, typeof(ArmatureOptions)))
            .ToList();
        _violations = [.. violations.Select(violation => violation.Message), .. OrleansSection.Find(configuration)];
        _readable = Without(section, violations.Select(violation => violation.Key));
    }

    /// <summary>What in the configuration could not be read, what no option has, and what Armature makes itself.</summary>
    public IReadOnlyList<string> Violations => _violations;

    /// <summary>Adds what was found while the host was put together; null when nothing was.</summary>
    public void Refuse(string? violation) => _violations.AddRange(violation is null ? [] : [violation]);

    public ArmatureOptions Read()
    {
        var options = new ArmatureOptions();
        Apply(options);
        return options;
    }

    public void Apply(ArmatureOptions options)
    {
        var preset = _environment.IsDevelopment() ? ArmatureOptions.Development() : ArmatureOptions.Production();
        options.CpuThreads = preset.CpuThreads;
        _readable.Bind(options);
        _configure?.Invoke(options);
    }

    // What cannot be read is left out here and reported by the validator, so that one bad value does not hide the others.
    private static IConfigurationRoot Without(IConfigurationSection section, IEnumerable<string> keys)
    {
        string[] left = [.. keys];
        var prefix = section.Path.Length + ConfigurationPath.KeyDelimiter.Length;
        var values = section.AsEnumerable()
            .Where(pair => pair.Key.Length > prefix && pair.Value is not null && !left.Any(key => IsIn(pair.Key, key)))
            .Select(pair => KeyValuePair.Create(pair.Key[prefix..], pair.Value));
        return new ConfigurationBuilder().AddInMemoryCollection(values).Build();
    }

    private static bool IsIn(string key, string section) =>
        key.Equals(section, StringComparison.OrdinalIgnoreCase)
        || key.StartsWith(section + ConfigurationPath.KeyDelimiter, StringComparison.OrdinalIgnoreCase);
}
