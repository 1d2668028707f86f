using Microsoft.Playwright;

namespace StreamSense.PlayerBackend.Tests;

/// <summary>The machine's Chromium, driven by Playwright; absent where the machine has none.</summary>
internal sealed class ChromiumBrowser : IAsyncDisposable
{
    private static readonly string[] Places = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"];

    private static readonly string[] Flags =
    [
        "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update",
        "--disable-sync", "--autoplay-policy=no-user-gesture-required", "--force-color-profile=srgb", "--hide-scrollbars",
    ];

    private readonly IPlaywright _playwright;

    private ChromiumBrowser(IPlaywright playwright, IBrowser browser)
    {
        _playwright = playwright;
        Browser = browser;
    }

    public static string? ExecutablePath { get; } = Environment.GetEnvironmentVariable("STREAMSENSE_CHROMIUM") ?? Array.Find(Places, File.Exists);

    public IBrowser Browser { get; }

    /// <summary>Skips the test where there is no browser, unless the run requires one.</summary>
    public static void SkipIfMissing()
    {
        bool required = Environment.GetEnvironmentVariable("STREAMSENSE_REQUIRE_SERVICES") == "1";
        Assert.False(required && ExecutablePath is null, "STREAMSENSE_REQUIRE_SERVICES=1 and Chromium is not installed.");
        Skip.If(ExecutablePath is null, "Chromium is not installed (apt-get install chromium).");
    }

    public static async Task<ChromiumBrowser> LaunchAsync()
    {
        IPlaywright playwright = await Playwright.CreateAsync();
        try
        {
            IBrowser browser = await playwright.Chromium.LaunchAsync(new BrowserTypeLaunchOptions
            {
                ExecutablePath = ExecutablePath,
                Headless = true,
                Args = Flags,
            });
            return new ChromiumBrowser(playwright, browser);
        }
        catch
        {
            playwright.Dispose();
            throw;
        }
    }

    public async Task<IPage> OpenAsync(Uri address)
    {
        IBrowserContext context = await Browser.NewContextAsync(new BrowserNewContextOptions
        {
            BaseURL = address.ToString(),
            ViewportSize = new ViewportSize { Width = 1440, Height = 900 },
        });
        return await context.NewPageAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await Browser.DisposeAsync();
        _playwright.Dispose();
    }
}
