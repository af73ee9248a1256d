using System.Net;

namespace PixelPipeline.Countries.Tests;

public sealed class CountryFileTests
{
    [TestCase("203.0.113.7", "DE")]
    [TestCase("203.0.114.7", null)]
    [TestCase("198.51.100.1", null)] // an entry without a country
    [TestCase("2001:db8:1::5", "FR")]
    [TestCase("2001:db8:2::5", null)]
    public void CountryOf_Address_IsItsNetworksCountry(string address, string? expected)
    {
        using var folder = new TempFolder();
        var path = Path.Combine(folder.Path, "country.mmdb");
        new CountryDatabase().Add("203.0.113.0/24", "DE").Add("198.51.100.0/24", null).Add("2001:db8:1::/48", "FR").Save(path);
        using var file = CountryFile.Open(path);
        Assert.That(file.CountryOf(IPAddress.Parse(address)), Is.EqualTo(expected));
    }

    [Test]
    public void Open_AnotherFile_SaysThatItIsNone()
    {
        using var folder = new TempFolder();
        var path = Path.Combine(folder.Path, "country.mmdb");
        File.WriteAllText(path, "no database");
        Assert.That(() => CountryFile.Open(path), Throws.TypeOf<InvalidDataException>().With.Message.Contains("MaxMind's format"));
    }

    [Test]
    public void Open_NoFile_Throws() => Assert.That(() => CountryFile.Open("/nowhere/country.mmdb"), Throws.InstanceOf<IOException>());
}
