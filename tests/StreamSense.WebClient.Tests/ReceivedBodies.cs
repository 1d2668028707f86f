using System.Collections.Concurrent;
using System.Text;
using System.Text.Json;

namespace StreamSense.WebClient.Tests;

/// <summary>Keeps the bodies that browsers posted, and refuses them when a test says so.</summary>
/// <remarks>Any thread.</remarks>
internal sealed class ReceivedBodies
{
    private readonly ConcurrentQueue<string> _taken = new();
    private readonly ConcurrentQueue<string> _types = new();
    private readonly ConcurrentQueue<double> _delays = new();
    private volatile int _refusal;
    private volatile string? _retryAfter;
    private int _refused;

    /// <summary>The bodies that reached StreamSense.</summary>
    public IReadOnlyCollection<string> Bodies => _taken;

    /// <summary>Their content types.</summary>
    public IReadOnlyCollection<string> Types => _types;

    /// <summary>How many bodies were refused.</summary>
    public int Refused => Volatile.Read(ref _refused);

    /// <summary>The events of the bodies taken, in order of arrival.</summary>
    public IReadOnlyList<SentEvent> Events =>
    [
        .. _taken.SelectMany(body => body.Split('\n', StringSplitOptions.RemoveEmptyEntries))
            .Select(line => new SentEvent(JsonDocument.Parse(line).RootElement)),
    ];

    /// <summary>By how much deliveries differed in how long they took, which is how far corrected times may be apart.</summary>
    public double DeliverySpreadMs
    {
        get
        {
            double[] delays = [.. _delays];
            return delays.Length == 0 ? 0 : delays.Max() - delays.Min();
        }
    }

    /// <summary>Refuses what comes with a status; 0 takes it again.</summary>
    public void RefuseWith(int status, string? retryAfter = null)
    {
        _retryAfter = retryAfter;
        _refusal = status;
    }

    public async Task TakeAsync(HttpContext context, RequestDelegate next)
    {
        if (context.Request.Path != "/streamsense/events" || !HttpMethods.IsPost(context.Request.Method))
        {
            await next(context);
            return;
        }

        if (_refusal != 0)
        {
            Interlocked.Increment(ref _refused);
            context.Response.StatusCode = _refusal;
            if (_retryAfter is { } after)
            {
                context.Response.Headers.RetryAfter = after;
            }

            return;
        }

        double now = (DateTimeOffset.UtcNow - DateTimeOffset.UnixEpoch).TotalMilliseconds;
        using var body = new MemoryStream();
        await context.Request.Body.CopyToAsync(body, context.RequestAborted);
        _types.Enqueue(context.Request.ContentType ?? string.Empty);
        string text = Encoding.UTF8.GetString(body.GetBuffer(), 0, (int)body.Length);
        if (Sent(text) is { } sent)
        {
            _delays.Enqueue(now - sent);
        }

        _taken.Enqueue(text);
        body.Position = 0;
        context.Request.Body = body;
        await next(context);
    }

    private static double? Sent(string body) =>
        body.Split('\n', StringSplitOptions.RemoveEmptyEntries) is [{ } first, ..]
            ? new SentEvent(JsonDocument.Parse(first).RootElement).Number("sent")
            : null;
}
