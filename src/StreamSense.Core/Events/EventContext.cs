using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace StreamSense.Core.Events;

/// <summary>The dimensions of an event that change seldom, interned as one tuple.</summary>
/// <remarks>16 bytes, unmanaged. The symbols belong to the tables of the <see cref="Vocabulary"/> of the same names.</remarks>
/// <param name="Source">The producer, for example <c>web</c>.</param>
/// <param name="Country">The country.</param>
/// <param name="Asn">The autonomous system.</param>
/// <param name="Isp">The internet provider.</param>
/// <param name="DeviceKind">The kind of device.</param>
/// <param name="App">The app and its version.</param>
/// <param name="Variants">The experiment variants, as canonical JSON text.</param>
/// <param name="Consent">The purposes granted; after the door always decided.</param>
/// <param name="Version">The schema version of the event.</param>
public readonly record struct EventContext(
    Symbol Source,
    Symbol Country,
    Symbol Asn,
    Symbol Isp,
    Symbol DeviceKind,
    Symbol App,
    Symbol Variants,
    ConsentPurposes Consent,
    byte Version)
{
    /// <summary>Whether two contexts are the same in every dimension.</summary>
    /// <param name="other">The other one.</param>
    public bool Equals(EventContext other) => Bits == other.Bits;

    /// <inheritdoc/>
    public override int GetHashCode() => Bits.GetHashCode();

    /// <summary>The dimensions in force after this context, where what it leaves out is as it was before.</summary>
    /// <param name="earlier">What was in force before.</param>
    /// <returns>The purposes and the version are this context's own: an event always has them.</returns>
    internal EventContext Over(in EventContext earlier) => new(
        Source.IsNone ? earlier.Source : Source,
        Country.IsNone ? earlier.Country : Country,
        Asn.IsNone ? earlier.Asn : Asn,
        Isp.IsNone ? earlier.Isp : Isp,
        DeviceKind.IsNone ? earlier.DeviceKind : DeviceKind,
        App.IsNone ? earlier.App : App,
        Variants.IsNone ? earlier.Variants : Variants,
        Consent,
        Version);

    // Without padding between the members: seven symbols of two bytes, consent, version.
    internal Vector128<ulong> Bits => Unsafe.BitCast<EventContext, Vector128<ulong>>(this);
}
