using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;
using PixelPipeline.Dashboard.Views;

namespace PixelPipeline.Dashboard.Tests.Views;

internal sealed class ViewReaderTests
{
    [TestCase("")]
    [TestCase("?range=7d")]
    [TestCase("?from=2026-11-01&to=2026-11-15")]
    [TestCase("?range=today&by=hour&agents=machines&tz=Europe%2FBerlin&is.page=https%3A%2F%2Fshop.example%2F%3Fa%3D1%26b&no=utm_source&list=language")]
    [TestCase("?is.browser=%3Cscript%3E%27%22%60%00")]
    public void Read_AnAddress_GivesTheSameAddress(string query) => Assert.That(Read(query).Query, Is.EqualTo(query));

    [TestCase("?range=30d&by=&tz=UTC&agents=people&list=", "")] // as forms send what is usual
    [TestCase("?tz=UTC", "")]
    public void Read_WhatIsUsual_IsLeftOut(string query, string shorter) => Assert.That(Read(query).Query, Is.EqualTo(shorter));

    [TestCase("?range=8d", "There is no range 8d")]
    [TestCase("?range=7d&range=30d", "says range twice")]
    [TestCase("?from=2026-11-01", "to= is no day")]
    [TestCase("?from=2026-11-31&to=2026-12-01", "from=2026-11-31 is no day")]
    [TestCase("?from=2026-11-02&to=2026-11-01", "is after")]
    [TestCase("?from=1990-01-01&to=2026-11-01", "over ten years")]
    [TestCase("?by=minute", "say hour, day, week, month")]
    [TestCase("?by=1", "by=1 is not known")] // no number in place of a name
    [TestCase("?agents=robots", "say people, machines, all")]
    [TestCase("?tz=Mars%2FOlympus", "is no time zone")]
    [TestCase("?tz=..%2F..%2Fetc%2Fpasswd", "is no time zone")]
    [TestCase("?is.a%60%20OR%201%3D1=x", "is no name of a column")]
    [TestCase("?no=1x", "is no name of a column")]
    [TestCase("?is.os=a&is.os=b", "says is.os twice")]
    [TestCase("?is.os=a&no=os", "filters os twice")]
    [TestCase("?list=a-b", "is no name of a column")]
    [TestCase("?rnage=7d", "a parameter that nothing here reads: rnage")]
    public void Read_WhatIsNotUnderstood_SaysWhatToMend(string query, string message) =>
        Assert.That(() => Read(query), Throws.InstanceOf<UnreadableViewException>().With.Message.Contains(message));

    [Test]
    public void Read_TooManyFilters_SaysSo() => Assert.That(
        () => Read("?" + string.Join('&', Enumerable.Range(0, 21).Select(i => $"is.c{i}=x"))),
        Throws.InstanceOf<UnreadableViewException>().With.Message.Contains("20 are the most"));

    [Test]
    public void With_AnotherValueOfADimension_ReplacesIt() =>
        Assert.That(Read("?is.os=a").With(new Filter("os", null)).Query, Is.EqualTo("?no=os"));

    private static View Read(string query) => ViewReader.Read(new QueryCollection(QueryHelpers.ParseQuery(query)), TimeZoneInfo.Utc);
}
