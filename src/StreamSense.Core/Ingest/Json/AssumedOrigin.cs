using System.Text;
using StreamSense.Core.Events;
using StreamSense.Core.Privacy;

namespace StreamSense.Core.Ingest.Json;

/// <summary>Fills what a record does not say with what the host knows of its body.</summary>
/// <remarks>
/// Names and ids are turned into symbols and pseudonyms once a body. A row of the catalogue or of viewers is left as it is: the request
/// that brings it says where the host's own systems are. One thread at a time.
/// </remarks>
internal sealed class AssumedOrigin(Vocabulary vocabulary, Pseudonymizer pseudonymizer)
{
    private readonly ContextCache _contexts = new(vocabulary.Contexts);
    private IngestOrigin? _origin;
    private EventContext _context;
    private StreamEvent _ids;
    private bool _knowsIds;
    private bool _knowsContext;

    /// <summary>Begins a body.</summary>
    public void Begin(IngestOrigin origin)
    {
        if (ReferenceEquals(origin, _origin))
        {
            return;
        }

        _origin = origin;
        _context = new EventContext(
            vocabulary.Sources.Intern(origin.Source),
            vocabulary.Countries.Intern(origin.Country),
            vocabulary.Asns.Intern(origin.Asn),
            vocabulary.Isps.Intern(origin.Isp),
            vocabulary.DeviceKinds.Intern(origin.DeviceKind),
            vocabulary.Apps.Intern(origin.App),
            Symbol.None,
            ConsentPurposes.None,
            0);
        _ids = new StreamEvent
        {
            Viewer = pseudonymizer.Viewer(Utf8(origin.Viewer)),
            Household = pseudonymizer.Household(Utf8(origin.Household)),
            Device = pseudonymizer.Device(Utf8(origin.Device)),
            Title = vocabulary.Titles.Note(Utf8(origin.Title)),
            Cdn = vocabulary.Cdns.Intern(origin.Cdn),
        };
        _knowsContext = _context != default;
        _knowsIds = !(_ids.Viewer.IsNone && _ids.Household.IsNone && _ids.Device.IsNone && _ids.Title.IsNone && _ids.Cdn.IsNone);
    }

    /// <summary>Fills who it was.</summary>
    public void FillIds(ref StreamEvent e)
    {
        if (_knowsIds && !IsRow(e.Kind))
        {
            e.Viewer = e.Viewer.IsNone ? _ids.Viewer : e.Viewer;
            e.Household = e.Household.IsNone ? _ids.Household : e.Household;
            e.Device = e.Device.IsNone ? _ids.Device : e.Device;
            e.Cdn = e.Cdn.IsNone ? _ids.Cdn : e.Cdn;
        }
    }

    /// <summary>Fills the dimensions.</summary>
    public void FillContext(ref StreamEvent e)
    {
        if (!_knowsContext || IsRow(e.Kind))
        {
            return;
        }

        EventContext said = vocabulary.Contexts[e.Context];
        e.Context = _contexts.Intern(said with
        {
            Source = said.Source.IsNone ? _context.Source : said.Source,
            Country = said.Country.IsNone ? _context.Country : said.Country,
            Asn = said.Asn.IsNone ? _context.Asn : said.Asn,
            Isp = said.Isp.IsNone ? _context.Isp : said.Isp,
            DeviceKind = said.DeviceKind.IsNone ? _context.DeviceKind : said.DeviceKind,
            App = said.App.IsNone ? _context.App : said.App,
        });
    }

    /// <summary>Fills the title.</summary>
    public void FillTitle(ref StreamEvent e)
    {
        if (_knowsIds && e.Title.IsNone && !IsRow(e.Kind))
        {
            e.Title = _ids.Title;
        }
    }

    private static bool IsRow(EventKind kind) => kind is EventKind.Title or EventKind.Profile;

    private static byte[] Utf8(string? text) => string.IsNullOrEmpty(text) ? [] : Encoding.UTF8.GetBytes(text);
}
