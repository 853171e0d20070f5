namespace Armature.Hosting;

/// <summary>Where a host's options come from: the environment's preset, then the configuration, then code.</summary>
internal sealed class ArmatureSettings
{
    private readonly IHostEnvironment _environment;
    private readonly Action<ArmatureOptions>? _configure;
    private readonly IConfiguration _readable;

    public ArmatureSettings(IHostEnvironment environment, IConfiguration configuration, Action<ArmatureOptions>? configure)
    {
        _environment = environment;
        _configure = configure;

        var section = configuration.GetSection(ArmatureOptions.Section);
        var violations = ConfigurationViolations.Find(section, typeof(ArmatureOptions)).ToList();
        Violations = violations.ConvertAll(violation => violation.Message);
        _readable = Without(section, violations.Select(violation => violation.Key));
    }

    /// <summary>What in the configuration could not be read.</summary>
    public IReadOnlyList<string> Violations { get; }

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

    // An unreadable value is left out here and reported by the validator, so that one bad value does not hide the others.
    private static IConfigurationRoot Without(IConfigurationSection section, IEnumerable<string> keys)
    {
        var left = keys.ToHashSet(StringComparer.OrdinalIgnoreCase);
        var prefix = section.Path.Length + ConfigurationPath.KeyDelimiter.Length;
        var values = section.AsEnumerable()
            .Where(pair => pair.Key.Length > prefix && pair.Value is not null && !left.Contains(pair.Key))
            .Select(pair => KeyValuePair.Create(pair.Key[prefix..], pair.Value));
        return new ConfigurationBuilder().AddInMemoryCollection(values).Build();
    }
}
