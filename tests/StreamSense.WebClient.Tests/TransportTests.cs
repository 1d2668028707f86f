using System.Text;
using StreamSense.PlayerBackend.Tests;

namespace StreamSense.WebClient.Tests;

/// <summary>How events travel: in batches, once, over what goes wrong in between.</summary>
[Collection(nameof(BrowserCollection))]
public sealed class TransportTests(BrowserFixture browser) : IAsyncLifetime
{
    private const string Show = "(count) => { for (let i = 0; i < count; i++) collector.impression({ title: 't' + i, surface: 'home', position: i, note: 'é'.repeat(100) }); }";

    private CollectorServer _server = null!;
    private CollectorPage _page = null!;

    public async Task InitializeAsync()
    {
        if (ChromiumBrowser.ExecutablePath is not null)
        {
            _server = await CollectorServer.StartAsync();
            _page = await browser.OpenAsync(_server, "element.html");
        }
    }

    public async Task DisposeAsync()
    {
        if (_server is not null)
        {
            await _page.Page.Context.CloseAsync();
            await _server.DisposeAsync();
        }
    }

    [SkippableFact]
    public async Task Offline_EventsAreKept_AndDeliveredOnceWhenItEnds()
    {
        ChromiumBrowser.SkipIfMissing();
        await _page.DoAsync("() => void open({ video: null })");
        await GoOfflineAsync();
        await _page.DoAsync(Show, 30);
        await _page.WhenAsync("collector.counts.pending === 30 && Object.keys(localStorage).length === 1");
        await _page.DoAsync(Show, 10);
        await _page.Page.Context.SetOfflineAsync(false);

        await AssertDeliveredOnceAsync(40);
        await _page.WhenAsync("collector.counts.pending === 0 && localStorage.length === 0");
    }

    [SkippableFact]
    public async Task Offline_AtTheEndOfAVisit_IsDeliveredByTheNext()
    {
        ChromiumBrowser.SkipIfMissing();
        await _page.DoAsync("() => void open({ video: null })");
        await GoOfflineAsync();

        // The browser's emulation ends with the page, and may end a moment before it hears that it is left.
        await _page.DoAsync("() => void Object.defineProperty(navigator, 'onLine', { value: false })");
        await _page.DoAsync(Show, 5);
        await _page.Page.GotoAsync("about:blank");
        await _page.Page.Context.SetOfflineAsync(false);
        Assert.Empty(_server.Received.Events);

        await _page.GoAsync("element.html");
        await _page.DoAsync("() => void open({ video: null })");

        await AssertDeliveredOnceAsync(5);
    }

    [SkippableFact]
    public async Task Storage_ThatIsFull_DropsTheOldestAndCountsThem()
    {
        ChromiumBrowser.SkipIfMissing();
        await _page.DoAsync("() => void open({ video: null, storedChars: 4000 })");
        await GoOfflineAsync();
        await _page.DoAsync(Show, 50);
        await _page.WhenAsync("collector.counts.dropped > 0");
        int dropped = await _page.Page.EvaluateAsync<int>("() => collector.counts.dropped");
        await _page.Page.Context.SetOfflineAsync(false);

        await AssertDeliveredOnceAsync(50 - dropped);
        Assert.Equal("t49", _server.Received.Events[^1].Text("title"));
    }

    [SkippableFact]
    public async Task Batches_OverTheLimit_AreSplit()
    {
        ChromiumBrowser.SkipIfMissing();
        await _page.DoAsync("() => void open({ video: null, batchEvents: 5000 })");
        await _page.DoAsync(Show, 500);

        await AssertDeliveredOnceAsync(500);
        Assert.True(_server.Received.Bodies.Count > 2);
        Assert.All(_server.Received.Bodies, body => Assert.InRange(Encoding.UTF8.GetByteCount(body), 1, 60_000));
    }

    [SkippableFact]
    public async Task Leaving_WithMoreThanABeaconHolds_KeepsTheRestForTheNextVisit()
    {
        ChromiumBrowser.SkipIfMissing();
        await _page.DoAsync("() => void open({ video: null, delayMs: 60000, batchEvents: 5000 })");
        await _page.DoAsync(Show, 500);
        await _page.GoAsync("element.html");
        await _page.DoAsync("() => void open({ video: null })");

        await AssertDeliveredOnceAsync(500);
    }

    [SkippableFact]
    public async Task Refusal_ForTheMoment_IsRepeatedLater()
    {
        ChromiumBrowser.SkipIfMissing();
        _server.Received.RefuseWith(503);
        await _page.DoAsync("() => void open({ video: null })");
        await _page.DoAsync(Show, 20);
        Assert.True(await Poll.UntilAsync(() => _server.Received.Refused >= 3));
        _server.Received.RefuseWith(0);

        await AssertDeliveredOnceAsync(20);
    }

    [SkippableFact]
    public async Task Refusal_WithRetryAfter_WaitsAsLong()
    {
        ChromiumBrowser.SkipIfMissing();
        _server.Received.RefuseWith(429, retryAfter: "600");
        await _page.DoAsync("() => void open({ video: null })");
        await _page.DoAsync(Show, 1);
        Assert.True(await Poll.UntilAsync(() => _server.Received.Refused == 1));
        _server.Received.RefuseWith(0);
        await _page.DoAsync(Show, 1);
        await _page.WhenAsync("collector.counts.pending === 2");
        await _page.DoAsync("() => collector.flush()");

        Assert.Empty(_server.Received.Events);
    }

    [SkippableFact]
    public async Task Refusal_ForGood_IsCountedAndNotRepeated()
    {
        ChromiumBrowser.SkipIfMissing();
        _server.Received.RefuseWith(404);
        await _page.DoAsync("() => void open({ video: null })");
        await _page.DoAsync(Show, 3);

        await _page.WhenAsync("collector.counts.refused === 3 && collector.counts.pending === 0");
        Assert.Equal(1, _server.Received.Refused);
    }

    [SkippableFact]
    public async Task Endpoint_OfAnotherOrigin_NeedsNoPreflight()
    {
        ChromiumBrowser.SkipIfMissing();
        await _page.DoAsync($"() => void open({{ video: null, endpoint: '{_server.ForeignAddress}streamsense/events' }})");
        await _page.DoAsync(Show, 3);

        await AssertDeliveredOnceAsync(3);
        Assert.All(_server.Received.Types, type => Assert.StartsWith("text/plain", type, StringComparison.Ordinal));
        await _page.WhenAsync("collector.counts.sent === 3");
    }

    [SkippableFact]
    public async Task Consent_ThatIsMissing_SendsAndStoresNothing()
    {
        ChromiumBrowser.SkipIfMissing();
        await _page.DoAsync("() => { open({ consent: undefined }); video.started(); collector.impression({ title: 't', surface: 'home' }); }");
        await _page.DoAsync("() => collector.flush()");

        Assert.Equal(0, await _page.Page.EvaluateAsync<int>("() => localStorage.length + sessionStorage.length + document.cookie.length"));
        Assert.Equal(0, await _page.Page.EvaluateAsync<int>("() => collector.counts.pending"));
        Assert.Empty(_server.Received.Bodies);
    }

    [SkippableFact]
    public async Task Consent_ThatComesAndGoes_IsAskedForEachEvent()
    {
        ChromiumBrowser.SkipIfMissing();
        await _page.DoAsync("() => { window.granted = []; open({ video: null, delayMs: 60000, consent: () => granted }); }");
        await _page.DoAsync("() => { collector.click({ title: 'before' }); granted = ['measurement']; collector.click({ title: 'after' }); }");
        await _page.DoAsync("() => collector.flush()");
        await _page.DoAsync("() => { collector.click({ title: 'kept' }); granted = []; collector.click({ title: 'gone' }); }");
        await _page.DoAsync("() => collector.flush()");

        Assert.Equal("after", Assert.Single(_server.Received.Events).Text("title"));
        Assert.Equal(0, await _page.Page.EvaluateAsync<int>("() => sessionStorage.length"));
    }

    [SkippableFact]
    public async Task GlobalPrivacyControl_TakesSharingBack()
    {
        ChromiumBrowser.SkipIfMissing();
        await _page.DoAsync("() => Object.defineProperty(navigator, 'globalPrivacyControl', { value: true })");
        await _page.DoAsync("() => open({ video: null, consent: ['measurement', 'sharing'] }).click({ title: 't' })");

        await AssertDeliveredOnceAsync(1);
        Assert.Equal("[\"measurement\"]", _server.Received.Events[0].Text("consent"));
    }

    private async Task GoOfflineAsync()
    {
        await _page.Page.Context.SetOfflineAsync(true);
        await _page.WhenAsync("!navigator.onLine");
    }

    private async Task AssertDeliveredOnceAsync(int count)
    {
        await Poll.UntilAsync(() => _server.Received.Events.Count >= count);
        IReadOnlyList<SentEvent> events = _server.Received.Events;
        Assert.Equal(count, events.Select(e => e.Id).Distinct().Count());
        Assert.Equal(count, events.Count);
        Assert.All(events, e => Assert.True(e.Number("sent") >= e.Time, e.ToString()));
        Assert.True(await Poll.UntilAsync(() => _server.Totals.Offered == count && _server.Totals.Rejected.Count == 0), $"{_server.Totals}");
    }
}
