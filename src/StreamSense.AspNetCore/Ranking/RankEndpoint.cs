using System.Buffers;
using System.Collections.Immutable;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http;
using StreamSense.AspNetCore.Requests;
using StreamSense.Core;
using StreamSense.Core.Events;
using StreamSense.Core.Ingest;
using StreamSense.Ml;
using StreamSense.Ml.Ranking;

namespace StreamSense.AspNetCore.Ranking;

/// <summary>Answers <c>POST rank</c>.</summary>
/// <param name="recommender">Ranks.</param>
/// <param name="pipeline">Gives names and pseudonyms.</param>
/// <param name="options">The limits.</param>
/// <param name="clock">Says when a ranking is asked for.</param>
internal sealed class RankEndpoint(Recommender recommender, StreamSensePipeline pipeline, StreamSenseOptions options, TimeProvider clock)
{
    private const int MaxBodyBytes = 16 * 1024;
    private const int DefaultCount = 20;

    private readonly RequestOrigin _origin = new(options.Origin);

    /// <summary>Handles a request.</summary>
    public async Task HandleAsync(HttpContext context)
    {
        if (MediaTypes.Objection(context.Request, MediaTypes.Json) is { } objection)
        {
            await Problem.WriteAsync(context, StatusCodes.Status415UnsupportedMediaType, objection).ConfigureAwait(false);
            return;
        }

        var json = new ArrayBufferWriter<byte>();
        BodyOutcome outcome = await RequestBody.ReadAsync(context, MaxBodyBytes, chunk =>
        {
            foreach (ReadOnlyMemory<byte> part in chunk)
            {
                json.Write(part.Span);
            }
        }).ConfigureAwait(false);
        if (outcome != BodyOutcome.Complete)
        {
            (int status, string detail) = outcome == BodyOutcome.TooLarge
                ? (StatusCodes.Status413PayloadTooLarge,
                    string.Create(CultureInfo.InvariantCulture, $"The body is larger than {MaxBodyBytes} bytes."))
                : (StatusCodes.Status400BadRequest, "The body ended before its end.");
            await Problem.WriteAsync(context, status, detail).ConfigureAwait(false);
            return;
        }

        if (!RankBodyReader.TryRead(new ReadOnlySequence<byte>(json.WrittenMemory), out RankBody body, out string? fault)
            || (fault = FaultOf(body)) is not null)
        {
            await Problem.WriteAsync(context, StatusCodes.Status400BadRequest, fault!).ConfigureAwait(false);
            return;
        }

        await AnswerAsync(context, body).ConfigureAwait(false);
    }

    private string? FaultOf(RankBody body)
    {
        if (body.Surface is null)
        {
            return $"surface: missing; one of {string.Join(", ", recommender.Surfaces)}.";
        }

        if (!recommender.HasSurface(body.Surface))
        {
            return $"surface: there is no '{body.Surface}'; one of {string.Join(", ", recommender.Surfaces)}.";
        }

        if (body.Explain && !options.ExplainRankings)
        {
            return "explain: this server does not explain its rankings.";
        }

        return body.Count > options.MaxRankCount
            ? string.Create(CultureInfo.InvariantCulture, $"count: at most {options.MaxRankCount}.")
            : null;
    }

    private Task AnswerAsync(HttpContext context, RankBody body)
    {
        var slate = new RankedTitle[body.Count ?? Math.Min(DefaultCount, options.MaxRankCount)];
        string id = body.Request ?? NewId();
        RankRequest request = RequestOf(context, body, id);
        ImmutableArray<RankExplanation> explanations = [];
        int count = body.Explain ? recommender.Rank(request, slate, out explanations) : recommender.Rank(request, slate);
        return JsonAnswer.WriteAsync(context, StatusCodes.Status200OK, writer =>
        {
            writer.WriteStartObject();
            writer.WriteString("request"u8, id);
            writer.WriteString("surface"u8, body.Surface);
            writer.WriteString("model"u8, recommender.ModelOf(body.Surface!).ToString());
            writer.WriteStartArray("items"u8);
            for (int position = 0; position < count; position++)
            {
                writer.WriteStartObject();
                writer.WriteString("title"u8, pipeline.Vocabulary.Titles.Utf8NameOf(slate[position].Title));
                writer.WriteNumber("position"u8, position);
                writer.WriteNumber("score"u8, slate[position].Score);
                if (!explanations.IsEmpty)
                {
                    RankExplanationJson.Write(writer, explanations[position]);
                }

                writer.WriteEndObject();
            }

            writer.WriteEndArray();
            writer.WriteEndObject();
        });
    }

    private RankRequest RequestOf(HttpContext context, RankBody body, string id)
    {
        EventTime now = EventTime.From(clock.GetUtcNow());
        ViewerId viewer = pipeline.Pseudonymizer.Viewer(Utf8(body.Viewer));
        DeviceId device = pipeline.Pseudonymizer.Device(Utf8(body.Device));
        ConsentPurposes granted =
            body.Consent is { } said ? said
            : pipeline.ConsentChoices.TryRead(viewer, device, now, out ConsentPurposes chosen) ? chosen
            : options.Consent.Assumed;
        return new RankRequest
        {
            Id = Encoding.UTF8.GetBytes(id),
            Surface = body.Surface!,
            Time = now,
            Consent = granted & ~RequestOrigin.WithheldBy(context.Request),
            Viewer = viewer,
            Household = pipeline.Pseudonymizer.Household(Utf8(body.Household)),
            Device = device,
            Visit = pipeline.Pseudonymizer.Visit(Utf8(body.Visit)),
            MaxAge = body.MaxAge,
            Kids = body.Kids,
            Dimensions = DimensionsOf(body, _origin.Of(context, now)),
        };
    }

    // What the request leaves out is told as it is of events, so that a ranking reads what events of the same client have counted.
    private EventContext DimensionsOf(RankBody body, IngestOrigin origin)
    {
        Vocabulary names = pipeline.Vocabulary;
        return new EventContext
        {
            Country = names.Countries.Intern(body.Country ?? origin.Country),
            Asn = names.Asns.Intern(origin.Asn),
            Isp = names.Isps.Intern(origin.Isp),
            DeviceKind = names.DeviceKinds.Intern(body.DeviceKind ?? origin.DeviceKind),
            App = names.Apps.Intern(body.App ?? origin.App),
        };
    }

    private static byte[] Utf8(string? text) => text is null ? [] : Encoding.UTF8.GetBytes(text);

    // Random, so that a client cannot guess the id of another's ranking and claim its clicks.
    private static string NewId()
    {
        Span<byte> number = stackalloc byte[sizeof(ulong)];
        RandomNumberGenerator.Fill(number);
        Span<byte> text = stackalloc byte[RankRequest.IdLength];
        return Encoding.ASCII.GetString(RankRequest.FormatId(BitConverter.ToUInt64(number), text));
    }
}
