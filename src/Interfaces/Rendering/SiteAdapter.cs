namespace Armature.Rendering;

/// <summary>How a site's server bundle is called.</summary>
public enum SiteAdapter
{
    /// <summary>The server bundle of Angular 19 or later: <c>main.server.mjs</c> as <c>ng build</c> writes it.</summary>
    Angular = 0,

    /// <summary>An ES module that exports <c>render(url, context)</c>, such as the server entry of a Vite site in React, Vue or Svelte.</summary>
    Module = 1,
}
