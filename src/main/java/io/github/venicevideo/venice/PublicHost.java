package io.github.venicevideo.venice;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/** Which hosts and addresses lie in the public internet. Never asks DNS. */
public final class PublicHost {

    private static final Pattern IPV4 = Pattern.compile("[0-9]{1,3}(\\.[0-9]{1,3}){3}");
    /** Some resolvers read {@code 0x7f.1} or {@code 2130706433} as an address: no public name ends in such a label. */
    private static final Pattern ADDRESS_LIKE = Pattern.compile("(.*\\.)?([0-9]+|0x[0-9a-f]*)");
    /** {@code 012.1.2.3} is 12.1.2.3 to some and 10.1.2.3 to others. */
    private static final Pattern OCTAL_LIKE = Pattern.compile("(.*\\.)?0[0-9]+(\\..*)?");
    private static final Set<String> PRIVATE_ENDS =
            Set.of("localhost", "local", "internal", "lan", "home", "corp", "intranet", "private", "localdomain", "arpa");
    private static final List<int[]> PRIVATE_IPV4 = List.of(
            // first address as four bytes, then the prefix length
            new int[] {0, 0, 0, 0, 8}, new int[] {10, 0, 0, 0, 8}, new int[] {100, 64, 0, 0, 10},
            new int[] {127, 0, 0, 0, 8}, new int[] {169, 254, 0, 0, 16}, new int[] {172, 16, 0, 0, 12},
            new int[] {192, 0, 0, 0, 24}, new int[] {192, 168, 0, 0, 16}, new int[] {198, 18, 0, 0, 15},
            new int[] {224, 0, 0, 0, 3});

    private PublicHost() {
    }

    /** @param host lower case, without brackets and final dot */
    public static boolean looksPublic(String host) {
        if (IPV4.matcher(host).matches() && OCTAL_LIKE.matcher(host).matches()) {
            return false;
        }
        if (host.indexOf(':') >= 0 || IPV4.matcher(host).matches()) {
            try {
                return isPublic(InetAddress.getByName(host));
            } catch (UnknownHostException e) {
                return false;
            }
        }
        if (ADDRESS_LIKE.matcher(host).matches() || host.indexOf('.') < 0) {
            return false;
        }
        return !PRIVATE_ENDS.contains(host.substring(host.lastIndexOf('.') + 1)) && !host.endsWith(".home.arpa");
    }

    public static boolean isPublic(InetAddress address) {
        byte[] bytes = address.getAddress();
        return address instanceof Inet6Address ? isPublicIpv6(bytes) : isPublicIpv4(bytes);
    }

    private static boolean isPublicIpv4(byte[] address) {
        int value = word(address[0], address[1], address[2], address[3]);
        for (int[] range : PRIVATE_IPV4) {
            int first = word(range[0], range[1], range[2], range[3]);
            if ((value ^ first) >>> (32 - range[4]) == 0) {
                return false;
            }
        }
        return true;
    }

    /** Global unicast only, 2000::/3, without 6to4 and Teredo, which carry an IPv4 address inside. */
    private static boolean isPublicIpv6(byte[] address) {
        boolean global = (address[0] & 0xe0) == 0x20;
        boolean sixToFour = address[0] == 0x20 && address[1] == 0x02;
        boolean teredo = address[0] == 0x20 && address[1] == 0x01 && address[2] == 0 && address[3] == 0;
        return global && !sixToFour && !teredo;
    }

    private static int word(int a, int b, int c, int d) {
        return (a & 0xff) << 24 | (b & 0xff) << 16 | (c & 0xff) << 8 | (d & 0xff);
    }
}
