using System.Text;
using StreamSense.Core.Events;
using StreamSense.Core.Privacy;

namespace StreamSense.Core.Ingest.Cmcd;

/// <summary>What all records of one request share, as events carry it.</summary>
internal readonly record struct CmcdOrigin(
    EventTime ReceivedAt,
    ContextId Context,
    Symbol Source,
    Symbol Cdn,
    ViewerId Viewer,
    HouseholdId Household,
    DeviceId Device,
    TitleId Title,
    ConsentPurposes Consent)
{
    private const string DefaultSource = "cmcd";

    public static CmcdOrigin Of(IngestOrigin request, Vocabulary vocabulary, Pseudonymizer pseudonymizer, ConsentPurposes defaultConsent)
    {
        Symbol source = vocabulary.Sources.Intern(request.Source ?? DefaultSource);
        ConsentPurposes consent = (request.Consent ?? defaultConsent) & ~request.Withheld;
        var context = new EventContext(
            source,
            vocabulary.Countries.Intern(request.Country),
            vocabulary.Asns.Intern(request.Asn),
            vocabulary.Isps.Intern(request.Isp),
            vocabulary.DeviceKinds.Intern(request.DeviceKind),
            vocabulary.Apps.Intern(request.App),
            Symbol.None,
            consent,
            1);
        return new CmcdOrigin(
            request.ReceivedAt,
            vocabulary.Contexts.Intern(context),
            source,
            vocabulary.Cdns.Intern(request.Cdn),
            pseudonymizer.Viewer(Utf8(request.Viewer)),
            pseudonymizer.Household(Utf8(request.Household)),
            pseudonymizer.Device(Utf8(request.Device)),
            vocabulary.Titles.Note(Utf8(request.Title)),
            consent);
    }

    private static byte[] Utf8(string? text) => string.IsNullOrEmpty(text) ? [] : Encoding.UTF8.GetBytes(text);
}
