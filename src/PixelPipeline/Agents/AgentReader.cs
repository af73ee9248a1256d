namespace PixelPipeline.Agents;

/// <summary>
/// Tells people from machines by the user agent, and people's browsers, systems and devices. One pass over the bytes
/// finds all markers; then a few questions decide. Allocates nothing.
/// </summary>
public static class AgentReader
{
    private const int MaxLength = 1_024; // agents are a tenth of that; the rest of a longer one tells nothing more

    private static readonly MarkerScanner Markers = new([.. MachineMarkers.All, .. PersonMarkers.All]);

    /// <summary>Reads a user agent.</summary>
    /// <param name="userAgent">The header's value, any bytes.</param>
    /// <param name="hasReferer">Whether the request had a Referer header.</param>
    public static Agent Read(ReadOnlySpan<byte> userAgent, bool hasReferer)
    {
        userAgent = userAgent[..Math.Min(userAgent.Length, MaxLength)];
        var signs = Markers.Scan(userAgent);
        var agentClass = Classify(userAgent, in signs, hasReferer);
        return agentClass == AgentClass.Person
            ? new Agent(agentClass, AgentNames.BrowserOf(in signs), AgentNames.OsOf(in signs), AgentNames.DeviceOf(in signs))
            : new Agent(agentClass, null, null, null);
    }

    private static AgentClass Classify(ReadOnlySpan<byte> agent, in SignSet signs, bool hasReferer)
    {
        if (signs.First(AgentSign.MailProxy, AgentSign.Crawler) is { } named && !(named == AgentSign.LinkPreview && IsApp(agent, in signs)))
        {
            return ClassOf(named);
        }

        if (agent.IsEmpty || agent.SequenceEqual("-"u8))
        {
            return AgentClass.Unknown;
        }

        if (agent.SequenceEqual("Mozilla/5.0"u8))
        {
            return hasReferer ? AgentClass.Unknown : AgentClass.Prefetch; // Apple's Mail Privacy Protection
        }

        if (SaysBot(in signs))
        {
            return AgentClass.Crawler;
        }

        if ((signs.Has(AgentSign.Library) && !signs.Has(AgentSign.PersonsProgram)) || (signs.Has(AgentSign.MaybeTool) && !IsPersons(in signs)))
        {
            return AgentClass.Tool;
        }

        return IsMachine(agent, in signs) ? AgentClass.Crawler : ClassifyBrowser(in signs);
    }

    private static AgentClass ClassOf(AgentSign sign) => sign switch
    {
        AgentSign.MailProxy => AgentClass.MailProxy,
        AgentSign.MailPrefetch => AgentClass.Prefetch,
        AgentSign.LinkPreview => AgentClass.LinkPreview,
        AgentSign.Tool => AgentClass.Tool,
        _ => AgentClass.Crawler,
    };

    /// <summary>
    /// It says that it is a bot. Phones and apps have names, too, in which some of these words stand: there only those count that
    /// can mean nothing else.
    /// </summary>
    private static bool SaysBot(in SignSet signs) => !signs.Has(AgentSign.App) && !signs.Has(AgentSign.NoBot)
        && (signs.Has(AgentSign.Bot) || (signs.Has(AgentSign.MaybeBot) && !IsPersons(in signs)));

    /// <summary>A phone's, television's or console's agent, or that of an app or program of people, without the address and the <c>compatible;</c> of machines.</summary>
    private static bool IsPersons(in SignSet signs) => (IsDevice(in signs) || signs.Has(AgentSign.App) || signs.Has(AgentSign.PersonsProgram))
        && !signs.Has(AgentSign.Address) && !signs.Has(AgentSign.Compatible);

    private static bool IsDevice(in SignSet signs) =>
        signs.First(AgentSign.WindowsPhone, AgentSign.Android) is not null and not AgentSign.ChromeOs || signs.Has(AgentSign.Tv);

    private static bool IsApp(ReadOnlySpan<byte> agent, in SignSet signs) => signs.Has(AgentSign.App) && agent.StartsWith("Mozilla/"u8);

    /// <summary>What machines have in common: they say where to read about them, or are no browser's kind of agent.</summary>
    private static bool IsMachine(ReadOnlySpan<byte> agent, in SignSet signs) => !signs.Has(AgentSign.App)
        && (signs.Has(AgentSign.Address) || (!signs.Has(AgentSign.PersonsProgram) && IsNoBrowsersKind(agent, in signs)) || IsForeignOnLinux(agent, in signs));

    private static bool IsNoBrowsersKind(ReadOnlySpan<byte> agent, in SignSet signs) =>
        !(agent.StartsWith("Mozilla/"u8) || agent.StartsWith("Opera/"u8) || IsDevice(in signs))
        || (signs.Has(AgentSign.Compatible) && !signs.Has(AgentSign.InternetExplorer) && !signs.Has(AgentSign.Konqueror));

    /// <summary>A Chrome on a Linux desktop that goes on after its last token with one that no browser has: somebody drives it.</summary>
    private static bool IsForeignOnLinux(ReadOnlySpan<byte> agent, in SignSet signs)
    {
        if (signs.Has(AgentSign.Tv) || signs.First(AgentSign.WindowsPhone, AgentSign.Linux) is not AgentSign.Linux || signs.First(AgentSign.Instagram, AgentSign.WebKit) is not AgentSign.Chrome)
        {
            return false;
        }

        var last = agent.LastIndexOf("Safari/"u8);
        return last >= 0 && agent[last..].Trim((byte)' ').Contains((byte)' ');
    }

    private static AgentClass ClassifyBrowser(in SignSet signs)
    {
        if (signs.First(AgentSign.Instagram, AgentSign.TextBrowser) is not null || signs.Has(AgentSign.PersonsProgram) || IsDevice(in signs))
        {
            return AgentClass.Person;
        }

        return signs.First(AgentSign.WindowsPhone, AgentSign.Linux) is null ? AgentClass.Crawler : AgentClass.Unknown;
    }
}
