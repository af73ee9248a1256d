using PixelPipeline.Agents;

namespace PixelPipeline.JavaScript;

/// <summary>What the core knows of user agents, as tables of the script.</summary>
internal static class AgentTables
{
    // Those that the rules name.
    private static readonly AgentSign[] Named =
    [
        AgentSign.MailProxy, AgentSign.LinkPreview, AgentSign.Crawler, AgentSign.Library, AgentSign.App, AgentSign.NoBot, AgentSign.Bot, AgentSign.MaybeBot, AgentSign.MaybeTool, AgentSign.Address, AgentSign.Compatible,
        AgentSign.PersonsProgram, AgentSign.Instagram, AgentSign.InternetExplorer, AgentSign.Konqueror, AgentSign.Chrome, AgentSign.Safari,
        AgentSign.TextBrowser, AgentSign.WindowsPhone, AgentSign.ChromeOs, AgentSign.Xbox, AgentSign.PlayStation, AgentSign.Nintendo, AgentSign.KaiOs, AgentSign.Tizen,
        AgentSign.IPad, AgentSign.IPhone, AgentSign.BlackBerry, AgentSign.Symbian, AgentSign.Android, AgentSign.Linux, AgentSign.Tv, AgentSign.Mobile,
    ];

    /// <summary><c>SIGN</c>: places by name; <c>LABELS</c>: what columns call them; <c>MARKERS</c>: a line for each sign.</summary>
    public static string ToJavaScript()
    {
        var signs = Enum.GetValues<AgentSign>();
        var markers = MachineMarkers.All.Concat(PersonMarkers.All).ToLookup(m => m.Sign);
        var places = string.Join(',', Named.Select(s => $"{s}:{(int)s}"));
        var labels = string.Join('|', signs.Select(s => s < AgentSign.Instagram ? "" : AgentNames.Of(s)));
        var lines = string.Join('\n', signs.Select(s => string.Join('|', markers[s].Select(Spell))));
        return $"const SIGN={{{places}}},LABELS='{labels}',MARKERS=`{lines}`;\n";
    }

    // No marker has a backquote, a backslash, a dollar sign or one of the three signs that mean something here.
    private static string Spell(Marker marker) =>
        $"{((marker.Ends & WordEnds.Start) != 0 ? "<" : "")}{marker.Text}{((marker.Ends & WordEnds.End) != 0 ? ">" : "")}";
}
