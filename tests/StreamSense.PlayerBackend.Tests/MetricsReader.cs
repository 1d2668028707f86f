using System.Net.Http.Json;
using System.Text.Json;

namespace StreamSense.PlayerBackend.Tests;

/// <summary>Reads what the server measured, as any other program would.</summary>
internal sealed class MetricsReader(Uri address) : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private readonly HttpClient _client = new() { BaseAddress = address };

    public Task<JsonElement> ReportAsync() => _client.GetFromJsonAsync<JsonElement>("/streamsense/metrics?by=title");

    /// <summary>The metrics of one title, or null if the server knows nothing of it.</summary>
    public async Task<TitleMetrics?> TitleAsync(string title)
    {
        JsonElement report = await ReportAsync();
        foreach (JsonElement group in report.GetProperty("by").EnumerateArray())
        {
            if (group.GetProperty("key").GetString() == title)
            {
                return new TitleMetrics(group.GetProperty("metrics"));
            }
        }

        return null;
    }

    /// <summary>Asks until an answer satisfies a condition; gives the last answer when patience ends.</summary>
    public async Task<TitleMetrics> TitleWhenAsync(string title, Func<TitleMetrics, bool> condition)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(100));
        long rounds = (long)(Patience / timer.Period);
        TitleMetrics? last = null;
        for (long round = 0; round < rounds; round++)
        {
            last = await TitleAsync(title);
            if (last is not null && condition(last))
            {
                return last;
            }

            await timer.WaitForNextTickAsync();
        }

        return last ?? throw new InvalidOperationException($"The server never heard of '{title}'.");
    }

    /// <summary>The report once two readings in a row tell the same: nothing is on its way any more.</summary>
    public async Task<string> SettledAsync()
    {
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(700));
        long rounds = (long)(Patience / timer.Period);
        string before = string.Empty;
        for (long round = 0; round < rounds; round++)
        {
            JsonElement report = await ReportAsync();
            string now = report.GetProperty("metrics").GetRawText() + report.GetProperty("by").GetRawText();
            if (now == before)
            {
                return now;
            }

            before = now;
            await timer.WaitForNextTickAsync();
        }

        return before;
    }

    public void Dispose() => _client.Dispose();
}
