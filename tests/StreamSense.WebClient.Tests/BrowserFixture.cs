using StreamSense.PlayerBackend.Tests;

namespace StreamSense.WebClient.Tests;

/// <summary>One browser for the tests of a class; each has a server, a context and a page of its own.</summary>
public sealed class BrowserFixture : IAsyncLifetime
{
    private ChromiumBrowser? _chromium;

    /// <summary>Starts the browser if there is one: a test asks before.</summary>
    public async Task InitializeAsync()
    {
        if (ChromiumBrowser.ExecutablePath is not null)
        {
            _chromium = await ChromiumBrowser.LaunchAsync();
        }
    }

    public async Task DisposeAsync()
    {
        if (_chromium is not null)
        {
            await _chromium.DisposeAsync();
        }
    }

    internal Task<CollectorPage> OpenAsync(CollectorServer server, string name)
    {
        ChromiumBrowser.SkipIfMissing();
        return CollectorPage.OpenAsync(_chromium!, server.Address, name);
    }
}
