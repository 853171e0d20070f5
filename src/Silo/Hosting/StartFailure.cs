using Microsoft.AspNetCore.Connections;
using Microsoft.Extensions.Options;
using Orleans.Runtime.MembershipService;

namespace Armature.Hosting;

/// <summary>Says in plain words why a host could not start.</summary>
internal static class StartFailure
{
    public const int ExitCode = 2;

    /// <summary>Where to look when members of a cluster cannot talk to each other.</summary>
    public const string WhatKeepsMembersApart =
        "Look whether each member's advertised address and ports can be dialled from here, and whether all share one Armature:Cluster:Secret.";

    /// <summary>The words for an expected failure; null for any other, which keeps its stack trace.</summary>
    public static string? Describe(Exception error) => error switch
    {
        OptionsValidationException invalid => $"Armature cannot start; {Lines(invalid)}",
        ArmatureException known => $"Armature cannot start. {known.Message}",
        IOException { InnerException: AddressInUseException } taken =>
            $"Armature cannot start. {taken.Message} Stop what listens there, or choose another port (ARMATURE__HTTP__PORT or ASPNETCORE_URLS).",
        OrleansClusterConnectivityCheckFailedException kept =>
            $"Armature cannot start: it reaches its cluster's Redis but not all its members. {kept.Message} {WhatKeepsMembersApart}",
        OrleansConfigurationException wrong =>
            $"Armature cannot start: Orleans refuses its configuration. {wrong.Message} Leave the section Orleans (Orleans__...) of the configuration out; "
            + "Armature makes it from its own: Armature:Redis:ConnectionString makes a member of a cluster.",
        InvalidOperationException { Message: var text } when text.StartsWith("Failed to convert configuration value", StringComparison.Ordinal) =>
            $"Armature cannot start: a setting outside of its own section cannot be read. {text} Correct it, or leave it out.",
        AggregateException { InnerExceptions: [var only] } => Describe(only),
        _ => null,
    };

    private static string Lines(OptionsValidationException invalid) =>
        $"{invalid.Failures.Count()} option(s) are wrong:{string.Concat(invalid.Failures.Select(failure => $"{Environment.NewLine}- {failure}"))}";
}
