using System.Text;
using FsCheck;
using FsCheck.Fluent;
using PixelPipeline.Agents;

namespace PixelPipeline.Tests.Agents;

public sealed class AgentReaderTests
{
    private static readonly string[] Lines = File.ReadAllLines(Path.Combine(Repository.Root, "tests", "samples", "agents.tsv"));

    public static IEnumerable<TestCaseData> Sample() => Lines.Select(l => l.Split('\t')).Select(f => new TestCaseData(f[4], f[0], f[1], f[2], f[3]));

    [TestCaseSource(nameof(Sample))]
    public void Read_AgentOfTheSample_IsToldAsTheSampleSays(string userAgent, string agentClass, string browser, string os, string device)
    {
        var agent = Read(userAgent);
        Assert.That((agent.Class.ToLabel(), agent.Browser ?? "", Os: os.Length == 0 ? "" : agent.Os ?? "", agent.Device ?? ""), Is.EqualTo((agentClass, browser, os, device)));
    }

    [Test]
    public void Read_BareMozilla_IsAPrefetchOnlyWithoutAReferer() =>
        Assert.That((Read("Mozilla/5.0").Class, Read("Mozilla/5.0", hasReferer: true).Class), Is.EqualTo((AgentClass.Prefetch, AgentClass.Unknown)));

    [Test]
    public void Read_NoAgent_IsUnknown() => Assert.That(Read(""), Is.EqualTo(new Agent(AgentClass.Unknown, null, null, null)));

    [Test]
    public void Read_BrowserInAnyCase_IsTheSame() => Assert.That(Sample().Select(c => (string)c.Arguments[0]!).Where(ua => ua.StartsWith("Mozilla/5.0 (", StringComparison.Ordinal))
        .Where(ua => Read(ua).Class == AgentClass.Person && Read(ua) != Read("Mozilla/" + ua[8..].ToUpperInvariant())), Is.Empty);

    [Test]
    public void Read_AnyBytes_GivesAnAnswer() => Prop.ForAll<byte[]>(bytes =>
    {
        Agent agent = AgentReader.Read(bytes, hasReferer: false);
        return Enum.IsDefined(agent.Class) && (agent.Class == AgentClass.Person || (agent.Browser ?? agent.Os ?? agent.Device) is null);
    }).QuickCheckThrowOnFailure();

    [Test]
    public void Read_AnySampleAgent_AllocatesNothing()
    {
        var agents = Sample().Select(c => Encoding.UTF8.GetBytes((string)c.Arguments[0]!)).ToArray();
        var people = agents.Count(a => AgentReader.Read(a, hasReferer: false).Class == AgentClass.Person); // builds the automaton
        var before = GC.GetAllocatedBytesForCurrentThread();
        foreach (var agent in agents)
        {
            people -= AgentReader.Read(agent, hasReferer: false).Class == AgentClass.Person ? 1 : 0;
        }

        Assert.That((people, GC.GetAllocatedBytesForCurrentThread() - before), Is.EqualTo((0, 0L)));
    }

    private static Agent Read(string userAgent, bool hasReferer = false) => AgentReader.Read(Encoding.UTF8.GetBytes(userAgent), hasReferer);
}
