using Armature.Clustering;

namespace Armature.Hosting;

/// <summary>
/// Says in plain words why a silo cannot join that the members declare dead while it starts: they cannot reach it, or it them. What
/// becomes of a silo that was a member is left to Orleans, which ends the process at once.
/// </summary>
internal sealed class RefusedJoin(IFatalErrorHandler orleans, IHostApplicationLifetime lifetime, SecretRefusals refusals) : IFatalErrorHandler
{
    public static void Register(IServiceCollection services)
    {
        var orleans = services.Last(service => service.ServiceType == typeof(IFatalErrorHandler)).ImplementationType!;
        services.AddSingleton<SecretRefusals>();
        services.AddSingleton<IFatalErrorHandler>(provider => ActivatorUtilities.CreateInstance<RefusedJoin>(
            provider, (IFatalErrorHandler)ActivatorUtilities.CreateInstance(provider, orleans)));
    }

    public bool IsUnexpected(Exception exception) => orleans.IsUnexpected(exception);

    public void OnFatalException(object? sender = null, string? context = null, Exception? exception = null)
    {
        if (lifetime.ApplicationStarted.IsCancellationRequested || exception is not null)
        {
            orleans.OnFatalException(sender, context, exception);
            return;
        }

        Console.Error.WriteLine(
            $"Armature cannot start: the members of its cluster declared it dead while it was joining, since it and they cannot reach each other. {refusals.Last?.Message ?? StartFailure.WhatKeepsMembersApart}");
        Environment.Exit(StartFailure.ExitCode);
    }
}
