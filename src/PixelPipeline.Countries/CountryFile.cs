using System.Net;
using MaxMind.Db;

namespace PixelPipeline.Countries;

/// <summary>
/// A database file that tells where addresses are registered, in MaxMind's format: GeoLite2 Country, DB-IP's country file,
/// or any other with <c>country.iso_code</c>. Safe for concurrent use.
/// </summary>
/// <seealso href="https://maxmind.github.io/MaxMind-DB/"/>
public sealed class CountryFile : IDisposable
{
    private readonly Reader _reader;

    private CountryFile(Reader reader) => _reader = reader;

    /// <summary>Opens a file; it stays mapped until the end.</summary>
    /// <param name="path">Where it is.</param>
    /// <exception cref="IOException">It cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">Likewise.</exception>
    /// <exception cref="System.IO.InvalidDataException">It is no such database.</exception>
    public static CountryFile Open(string path)
    {
        try
        {
            return new CountryFile(new Reader(path));
        }
        catch (InvalidDatabaseException e)
        {
            throw new System.IO.InvalidDataException($"{path} is no database in MaxMind's format: {e.Message}", e);
        }
    }

    /// <summary>The country of an address, ISO 3166-1 alpha-2 such as <c>DE</c>; null where the file has none for it.</summary>
    /// <param name="address">IPv4 or IPv6.</param>
    public string? CountryOf(IPAddress address) => _reader.Find<Entry>(address)?.Country?.Code;

    /// <inheritdoc/>
    public void Dispose() => _reader.Dispose();

    internal sealed class Entry
    {
        [Constructor]
        public Entry([MapKey("country")] Place? country = null) => Country = country;

        public Place? Country { get; }
    }

    internal sealed class Place
    {
        [Constructor]
        public Place([MapKey("iso_code")] string? code = null) => Code = code;

        public string? Code { get; }
    }
}
