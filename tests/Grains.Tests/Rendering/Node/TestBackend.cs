using System.Globalization;
using System.Net;
using System.Text;
using Armature.Testing;

namespace Armature.Rendering.Node;

/// <summary>A server that answers with the status that its path names.</summary>
internal sealed class TestBackend : IDisposable
{
    private readonly HttpListener _listener = new();
    private readonly string _prefix = $"http://127.0.0.1:{FreePort.Next()}/";

    internal TestBackend()
    {
        _listener.Prefixes.Add(_prefix);
        _listener.Start();
        _ = ServeAsync();
    }

    internal string Address(int status) => $"{_prefix}{status}";

    public void Dispose() => _listener.Close();

    private async Task ServeAsync()
    {
        while (_listener.IsListening)
        {
            try
            {
                var context = await _listener.GetContextAsync();
                context.Response.StatusCode = int.Parse(context.Request.Url!.AbsolutePath[1..], CultureInfo.InvariantCulture);
                context.Response.Close(Encoding.UTF8.GetBytes("data of the backend"), willBlock: false);
            }
            catch (Exception exception) when (exception is HttpListenerException or ObjectDisposedException)
            {
                return; // The test is over.
            }
        }
    }
}
