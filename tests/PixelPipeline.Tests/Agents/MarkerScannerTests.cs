using System.Text;
using PixelPipeline.Agents;

namespace PixelPipeline.Tests.Agents;

internal sealed class MarkerScannerTests
{
    private static readonly Marker[] Markers =
    [
        new("bot", AgentSign.Bot, WordEnds.End), new("robot", AgentSign.Crawler), new("obo", AgentSign.Tool, WordEnds.Both), new("http:", AgentSign.Address), new("tp", AgentSign.Tv, WordEnds.Start),
    ];

    private static readonly MarkerScanner Scanner = new(Markers);

    [TestCase("a Googlebot/2", AgentSign.Bot)]
    [TestCase("A GOOGLEBOT", AgentSign.Bot)]
    [TestCase("botany")]
    [TestCase("robots", AgentSign.Crawler)] // one marker within another, and neither hides it
    [TestCase("robot", AgentSign.Bot, AgentSign.Crawler)]
    [TestCase("an obo.", AgentSign.Tool)]
    [TestCase("http://x", AgentSign.Address)]
    [TestCase("htthttp:", AgentSign.Address)] // a beginning that leads nowhere
    [TestCase("x-tp", AgentSign.Tv)]
    [TestCase("9tp")]
    [TestCase("")]
    public void Scan_Text_FindsEveryMarkerThatStandsWhereItMust(string text, params AgentSign[] expected)
    {
        var signs = Scanner.Scan(Encoding.UTF8.GetBytes(text));
        Assert.That(Enum.GetValues<AgentSign>().Where(s => signs.Has(s)), Is.EqualTo(expected.Order()));
    }

    [TestCase(AgentSign.MailProxy)]
    [TestCase(AgentSign.Safari)]
    [TestCase(AgentSign.Mobile)]
    public void First_RangeWithTheSign_FindsIt(AgentSign sign)
    {
        var signs = new SignSet();
        signs.Add(sign);
        Assert.That((signs.First(AgentSign.MailProxy, AgentSign.Mobile), signs.First(sign, sign), signs.First(sign + 1, AgentSign.Mobile + 1)), Is.EqualTo(((AgentSign?)sign, (AgentSign?)sign, (AgentSign?)null)));
    }
}
