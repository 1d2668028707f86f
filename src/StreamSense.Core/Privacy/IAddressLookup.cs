namespace StreamSense.Core.Privacy;

/// <summary>Says of an address what may be kept of it; the address itself goes no further.</summary>
/// <remarks>
/// The host supplies it: this SDK brings no table of the internet. Called by many threads at once, for every record that carries an
/// address: it shall allocate nothing, throw nothing and keep nothing. <see cref="AddressRanges"/> is one over a table in memory.
/// </remarks>
public interface IAddressLookup
{
    /// <summary>Looks an address up.</summary>
    /// <param name="address">The address; not to be kept.</param>
    /// <param name="facts">What is known of it.</param>
    /// <returns>Whether anything is.</returns>
    bool TryFind(NetworkAddress address, out AddressFacts facts);
}
