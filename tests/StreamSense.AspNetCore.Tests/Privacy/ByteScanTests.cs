using System.Net;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using StreamSense.Core.Events;
using StreamSense.Core.Privacy;
using StreamSense.Sinks.Files;

namespace StreamSense.AspNetCore.Tests.Privacy;

/// <summary>Nothing that a host writes holds a raw id, an address or a user agent.</summary>
public sealed class ByteScanTests
{
    private const string Address = "203.0.113.77";
    private const string Forwarded = "198.51.100.23";
    private const string Agent = "RawAgent/9.7 (secret-model)";

    private static readonly string[] Secrets =
    [
        "raw-viewer-1", "raw-household-1", "raw-device-1", "raw-visit-1", "raw-view-1", "raw-request-1", "raw-event-1", "raw-sid-1",
        "raw-host-viewer", "raw-cookie-1", "raw-noconsent-text", "555000111", Address, Forwarded, "RawAgent", "secret-model",
    ];

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Host_EverythingItWrites_HoldsNoRawValue(bool aggregates)
    {
        string directory = Directory.CreateTempSubdirectory("streamsense-scan").FullName;
        var written = new MemoryStream();
        using var log = new KeptLog(written);
        try
        {
            await using (HostedStreamSense host = await StartAsync(directory, log, aggregates))
            {
                await PostAllAsync(host, written);
                Assert.True(host.Pipeline.Totals.Admitted.Accepted >= 5, "Too little came in for the scan to mean something.");
            }

            foreach (string file in Directory.EnumerateFiles(directory, "*", SearchOption.AllDirectories))
            {
                written.Write(Encoding.UTF8.GetBytes(Path.GetFileName(file)));
                written.Write(await File.ReadAllBytesAsync(file));
            }
        }
        finally
        {
            Directory.Delete(directory, recursive: true);
        }

        byte[] all = written.ToArray();
        Assert.True(Holds(all, "playback_request"u8) && Holds(all, "\"country\":\"DE\""u8), "The scan did not see the files.");
        foreach (string secret in Secrets)
        {
            Assert.False(Holds(all, Encoding.UTF8.GetBytes(secret)), $"{secret} was written: {Around(all, secret)}");
            Assert.False(Holds(all, Encoding.Unicode.GetBytes(secret)), $"{secret} was written as UTF-16.");
        }
    }

    private static Task<HostedStreamSense> StartAsync(string directory, KeptLog log, bool aggregates) => HostedStreamSense.StartAsync(
        options =>
        {
            ConsentPolicy policy = ConsentPolicy.Assume(ConsentPurposes.Measurement | ConsentPurposes.Personalisation);
            options.Consent = aggregates ? policy.AggregatingTheRest() : policy;
            options.Pipeline = pipeline => pipeline
                .PseudonymiseWith(PseudonymKey.FromSecret("a secret of the test, long enough"u8))
                .KeepFailedEventsIn(Path.Combine(directory, "failed"))
                .DeliverTo(names => new NdjsonFileSink(Path.Combine(directory, "events"), names));
            options.Origin.LookUpAddress = _ => new NetworkPlace("DE", "AS64500");
            options.Origin.ClassifyUserAgent = _ => "tv";
            options.Origin.Refine = (_, origin) => origin with { Viewer = "raw-host-viewer" };
        },
        build: builder =>
        {
            builder.Logging.SetMinimumLevel(LogLevel.Trace);
            builder.Services.AddSingleton<ILoggerProvider>(log);
        },
        use: app => app.Use((context, next) =>
        {
            context.Connection.RemoteIpAddress = IPAddress.Parse(Address);
            return next(context);
        }));

    private static async Task PostAllAsync(HostedStreamSense host, MemoryStream written)
    {
        const string Person = "\"viewer\":\"raw-viewer-1\",\"household\":\"raw-household-1\",\"device\":\"raw-device-1\",\"visit\":\"raw-visit-1\"";
        const string View = "\"view\":\"raw-view-1\"";
        host.Client.DefaultRequestHeaders.TryAddWithoutValidation("User-Agent", Agent);
        host.Client.DefaultRequestHeaders.Add("X-Forwarded-For", Forwarded);
        host.Client.DefaultRequestHeaders.Add("Cookie", "session=raw-cookie-1");
        string[] bodies =
        [
            $$"""
            {"kind":"login","time":1767261600000,{{Person}},"id":"raw-event-1"}
            {"kind":"playback_request","time":1767261601000,{{Person}},{{View}},"title":"film-1","request":"raw-request-1","seq":0}
            {"kind":"playback_start","time":1767261602000,{{View}},"device":"raw-device-1","seq":1}
            {"kind":"error","time":1767261602500,{{View}},"code":"E1","severity":"warning","message":"raw-noconsent-text","consent":[],"seq":2}
            {"kind":"playback_end","time":1767261603000,{{View}},"reason":"quit","seq":3}
            {"kind":"consent_change","time":1767261604000,{{Person}},"consent":["measurement"]}
            """,
            """{"kind":"pause","time":1767261600000,"view":"raw-view-1","viewer":555000111}""",
            """{"kind":"pause","time":1767261600000,"view":["raw-view-1"],"viewer":"raw-viewer-1"}""",
            """{"kind":"pause","time":1767261600000,"view":"raw-view-1","viewer":"raw-viewer-1" """,
            """203.0.113.77 - - [01/Jan/2026:10:00:00 +0000] "GET /v/raw-view-1.ts HTTP/1.1" 200 512 "-" "RawAgent/9.7" """,
        ];
        foreach (string body in bodies)
        {
            await KeepAsync(host, "events", HostedStreamSense.Body(body), written);
        }

        const string Cmcd = "cid=\"film-1\",e=ps,sid=\"raw-sid-1\",sn=0,sta=s,ts=1767261600000,v=2\ncid=\"raw-sid-1\n";
        await KeepAsync(host, "cmcd", HostedStreamSense.Body(Cmcd, "application/cmcd"), written);
        await KeepAsync(
            host,
            "rank",
            HostedStreamSense.Body("""{"surface":"home","viewer":"raw-viewer-1","device":"raw-device-1"}""", "application/json"),
            written);
        await host.Pipeline.DrainAsync();
        foreach (string path in (string[])["metrics?by=title", "metrics?by=deviceKind&window=5", "health"])
        {
            using HttpResponseMessage answer = await host.Client.GetAsync(new Uri($"/streamsense/{path}", UriKind.Relative));
            written.Write(await answer.Content.ReadAsByteArrayAsync());
        }
    }

    private static async Task KeepAsync(HostedStreamSense host, string path, HttpContent content, MemoryStream written)
    {
        using HttpResponseMessage answer = await host.Client.PostAsync(new Uri($"/streamsense/{path}", UriKind.Relative), content);
        written.Write(Encoding.UTF8.GetBytes(answer.Headers.ToString()));
        written.Write(await answer.Content.ReadAsByteArrayAsync());
    }

    private static string Around(byte[] all, string secret)
    {
        int at = all.AsSpan().IndexOf(Encoding.UTF8.GetBytes(secret));
        int from = Math.Max(0, at - 120);
        return at < 0 ? "" : Encoding.UTF8.GetString(all.AsSpan(from, Math.Min(240, all.Length - from)));
    }

    private static bool Holds(byte[] all, ReadOnlySpan<byte> value) => all.AsSpan().IndexOf(value) >= 0;

    /// <summary>Everything that StreamSense logs, at every level; the server's own request log is the host's.</summary>
    private sealed class KeptLog(MemoryStream written) : ILoggerProvider, ILogger
    {
        private readonly Lock _turn = new();
        private bool _isOurs = true;

        public ILogger CreateLogger(string categoryName) =>
            new KeptLog(written) { _isOurs = categoryName.StartsWith("StreamSense", StringComparison.Ordinal) };

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => _isOurs;

        public void Log<TState>(
            LogLevel logLevel,
            Microsoft.Extensions.Logging.EventId eventId,
            TState state,
            Exception? exception,
            Func<TState, Exception?, string> formatter)
        {
            lock (_turn)
            {
                written.Write(Encoding.UTF8.GetBytes($"{formatter(state, exception)} {exception}\n"));
            }
        }

        public void Dispose()
        {
        }
    }
}
