using System.Reflection;
using Armature.Validation;
using Microsoft.AspNetCore.Http;

namespace Microsoft.AspNetCore.Builder;

/// <summary>Checks what endpoints are given.</summary>
public static class EndpointValidationExtensions
{
    /// <summary>
    /// Checks the parameter of type <typeparamref name="T"/> before the endpoint is called. Where it breaks rules the endpoint is not called, and the
    /// answer is problem details (RFC 9457) with status 400: <c>errors</c> has the messages by path, <c>failures</c> path, code, message and
    /// severity of each in the order of the rules. Warnings alone do not stop a call.
    /// </summary>
    /// <param name="builder">The endpoint, as <c>MapPost</c> and the others give it.</param>
    /// <param name="rules">The rules; asynchronous ones run at once.</param>
    /// <param name="settings">How; null for the defaults.</param>
    /// <exception cref="InvalidOperationException">When the endpoint is built: it has no parameter of that type, or several.</exception>
    public static RouteHandlerBuilder WithValidation<T>(this RouteHandlerBuilder builder, RuleSet<T> rules, ValidationSettings? settings = null)
        where T : class
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(rules);
        return builder.AddEndpointFilterFactory((context, next) =>
        {
            var place = PlaceOf<T>(context.MethodInfo);
            return call => CheckAsync(call, place, rules, settings, next);
        });
    }

    private static async ValueTask<object?> CheckAsync<T>(
        EndpointFilterInvocationContext call, int place, RuleSet<T> rules, ValidationSettings? settings, EndpointFilterDelegate next)
        where T : class
    {
        settings ??= new();
        settings = settings.Services is null ? settings with { Services = call.HttpContext.RequestServices } : settings;
        var report = call.GetArgument<T?>(place) is { } value
            ? await rules.ValidateParallelAsync(value, settings, call.HttpContext.RequestAborted)
            : ValidationReport.OfNothing(settings);
        return report.IsValid
            ? await next(call)
            : Results.ValidationProblem(report.ToErrors(), extensions: new Dictionary<string, object?>
            {
                ["failures"] = report.Failures.Select(failure => new { failure.Path, failure.Code, failure.Message, Severity = failure.Severity.ToString() }).ToArray(),
            });
    }

    private static int PlaceOf<T>(MethodInfo handler)
    {
        var places = handler.GetParameters().Where(static parameter => parameter.ParameterType == typeof(T)).Select(static parameter => parameter.Position).ToArray();
        return places.Length == 1
            ? places[0]
            : throw new InvalidOperationException($"An endpoint with rules for {typeof(T).Name} has {places.Length} parameters of that type; it needs one.");
    }
}
