using System.Net;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace Armature.Hosting;

/// <summary>Lets Kestrel listen where the options say, where they say anything.</summary>
internal static class HttpListening
{
    // Kestrel asks while the application is built, before the options are validated: what cannot be used is left to the validator.
    public static void Configure(KestrelServerOptions kestrel, HttpOptions http)
    {
        if (http.Port is { } port and >= IPEndPoint.MinPort and <= IPEndPoint.MaxPort && IPAddress.TryParse(http.Address, out var address))
        {
            kestrel.Listen(address, port);
        }
    }
}
