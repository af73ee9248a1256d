namespace PixelPipeline.Agents;

/// <summary>What the columns call browsers, systems and devices.</summary>
internal static class AgentNames
{
    private static readonly string?[] Names = new string?[128];

    static AgentNames()
    {
        foreach (var sign in Enum.GetValues<AgentSign>())
        {
            Names[(int)sign] = sign.ToString().ToLowerInvariant();
        }

        Names[(int)AgentSign.PlayStationBrowser] = "playstation";
        Names[(int)AgentSign.NintendoBrowser] = "nintendo";
        Names[(int)AgentSign.BlackBerryBrowser] = "blackberry";
        Names[(int)AgentSign.InternetExplorer] = "ie";
        Names[(int)AgentSign.WebKit] = "webview";
        Names[(int)AgentSign.TextBrowser] = "text";
        Names[(int)AgentSign.Focus] = Names[(int)AgentSign.Firefox];
        Names[(int)AgentSign.WindowsPhone] = "winphone";
        Names[(int)AgentSign.IPad] = Names[(int)AgentSign.IPhone] = "ios";
    }

    /// <summary>What the columns call a sign.</summary>
    public static string? Of(AgentSign sign) => Names[(int)sign];

    /// <summary>The browser; null where none is named.</summary>
    public static string? BrowserOf(in SignSet signs) =>
        signs.First(AgentSign.Instagram, AgentSign.TextBrowser) is { } sign ? Names[(int)Settle(sign, in signs)] : null;

    /// <summary>The system; null where none is named.</summary>
    public static string? OsOf(in SignSet signs) =>
        signs.First(AgentSign.WindowsPhone, AgentSign.Linux) is { } sign ? Names[(int)sign] : null;

    /// <summary>The device; null where neither it nor a system is named.</summary>
    public static string? DeviceOf(in SignSet signs)
    {
        var os = signs.First(AgentSign.WindowsPhone, AgentSign.Linux);
        if (os is AgentSign.Xbox or AgentSign.PlayStation or AgentSign.Nintendo)
        {
            return "console";
        }

        if (signs.First(AgentSign.Tv, AgentSign.Mobile) is { } device)
        {
            return Names[(int)(os == AgentSign.IPad ? AgentSign.Tablet : device)];
        }

        return os switch
        {
            null => null,
            AgentSign.IPad or AgentSign.Android => "tablet", // an Android that does not say it is mobile
            AgentSign.IPhone or AgentSign.KaiOs or AgentSign.WindowsPhone or AgentSign.BlackBerry or AgentSign.Symbian => "mobile",
            AgentSign.Tizen => "tv",
            _ => "desktop",
        };
    }

    // Safari's token without a version of its own, and Safari's on Android, are other browsers' ways to say WebKit.
    private static AgentSign Settle(AgentSign sign, in SignSet signs) => sign switch
    {
        AgentSign.Safari when signs.Has(AgentSign.Android) => AgentSign.Android,
        _ => sign,
    };
}
